import type { TorrentFile } from '@torrentino/domain'
import { wordsOf } from '../text/plain-text.js'

const LOSSLESS = ['flac', 'alac', 'ape', 'wav', 'wv', 'aif', 'aiff', 'dsf', 'dff', 'tta', 'tak']
const LOSSY = ['mp3', 'm4a', 'aac', 'ogg', 'oga', 'opus', 'wma', 'mka', 'mpc', 'ac3', 'dts']
const MAX_STEM = 150
const MAX_READINGS = 6
const AUDIO = new Set([...LOSSLESS, ...LOSSY])

/** Bits of songs that promise the whole. */
const EXCERPT = /(?:^|[^\p{L}])(?:samples?|previews?|snippets?|teasers?)(?:[^\p{L}]|$)/iu

export interface AudioFile {
  path: string
  sizeBytes: number
  extension: string
  lossless: boolean
  /** The release folder: parts of the path without the disc's own folder. */
  group: string
  /** Words of the folders that the file lies in, as far as they speak of this disc alone. */
  placeWords: string[]
  disc?: number
  /** It is called a sample or a preview: if it is small too, it is one. */
  excerpt: boolean
  /** What the number at hand may mean; empty where there is none. */
  numbers: { disc?: number; track: number }[]
  /** Ways to read the title, the likeliest first; each in words. Empty where the name is a number only. */
  titles: string[][]
}

export function isAudioFile(file: TorrentFile): boolean {
  return readAudioFile(file) !== undefined
}

/** The audio of a torrent with what its names say; anything else in it, and what is hidden or empty, is left out. */
export function readAudioFile(file: TorrentFile): AudioFile | undefined {
  const parts = file.path.split('/')
  const base = parts.pop() ?? ''
  const extension = /\.([a-z0-9]{2,4})$/i.exec(base)?.[1]?.toLowerCase() ?? ''
  const hidden = base.startsWith('.') || parts.some((part) => part.startsWith('.') || part === '__MACOSX')
  if (!AUDIO.has(extension) || hidden || file.size_bytes === 0) return undefined
  const { group, disc, place } = releaseFolder(parts)
  const stem = spaced(base.slice(0, -extension.length - 1).slice(0, MAX_STEM))
  const { numbers, rest } = numberOf(stem)
  return {
    path: file.path,
    sizeBytes: file.size_bytes,
    extension,
    lossless: LOSSLESS.includes(extension),
    group,
    placeWords: wordsOf(place),
    excerpt: EXCERPT.test(base) || parts.some((part) => EXCERPT.test(part)),
    ...(disc === undefined ? {} : { disc }),
    numbers,
    titles: titlesOf(stem, rest),
  }
}

const DISC_NUMBER = '(\\d{1,2}|one|two|three|four|five|six|i{1,3}|iv|v)(?![\\p{L}\\d])'
const OWN_FOLDER = new RegExp(`^(?:cd|dis[ck]|dvd|lp|vinyl)\\s*[-_.#]?\\s*${DISC_NUMBER}`, 'iu')
const PART_OF_NAME = new RegExp(`[\\s([{_-]+(?:cd|dis[ck])\\s*[-_.#]?\\s*${DISC_NUMBER}[)\\]}]?`, 'iu')

/** `Album/CD2` and `Album (Disc 2)` are discs of one release. */
function releaseFolder(parts: string[]): { group: string; disc?: number; place: string } {
  const last = parts.at(-1) ?? ''
  const own = OWN_FOLDER.exec(last)
  if (own) return { group: parts.slice(0, -1).join('/'), disc: discOf(own), place: `${parts.at(-2) ?? ''} ${last}` }
  const part = PART_OF_NAME.exec(last)
  if (part) return { group: [...parts.slice(0, -1), last.replace(part[0], '')].join('/'), disc: discOf(part), place: last }
  return { group: parts.join('/'), place: last }
}

function discOf(found: RegExpExecArray): number {
  return Number(wordsOf(found[1] ?? '')[0])
}

function spaced(stem: string): string {
  // Beside spaces an underscore parts fields or stands for a sign that file names may not have.
  const text = stem.replace(/_/g, /\s/.test(stem) ? ' - ' : ' ').trim()
  return /\s/.test(text) ? text : text.replace(/\.(?!\d|$)|(?<=\d)\.(?=\d{2}\.)|(?<=\p{L})\.(?=\d)/gu, ' ')
}

/** The number of the track and the text without it: at the start, or alone between dashes. */
function numberOf(stem: string): { numbers: AudioFile['numbers']; rest: string } {
  const discTrack = /^(?:(?:cd|disc|d)\s?(\d{1,2})[\s.x-]{1,3}|(\d{1,2})[.x-])(\d{2})(?=$|[\s.\-_)])[\s.\-_)]*/i.exec(stem)
  const disc = Number(discTrack?.[1] ?? discTrack?.[2] ?? 0)
  if (discTrack && disc > 0) return { numbers: [{ disc, track: Number(discTrack[3]) }], rest: stem.slice(discTrack[0].length) }
  const side = /^[A-H](\d{1,2})(?=$|[\s.\-_)])[\s.\-_)]*/.exec(stem)
  if (side) return { numbers: [], rest: stem.slice(side[0].length) }
  const leading = /^[([]?(?:track\s?)?(\d{1,3})(?=$|[\s.\-_)\]])[\s.\-_)\]]*/i.exec(stem)
  if (leading) return { numbers: meanings(leading[1] ?? ''), rest: stem.slice(leading[0].length) }
  const inside = /(?:^|[\s-])-\s?\(?(\d{1,3})\)?\.?(?:\s?-|$|\s(?=\D))|-(\d{2,3})(?:-|$)/.exec(stem)
  if (inside)
    return {
      numbers: meanings(inside[1] ?? inside[2] ?? ''),
      rest: `${stem.slice(0, inside.index)} - ${stem.slice(inside.index + inside[0].length)}`,
    }
  return { numbers: [], rest: stem }
}

/** `203` is the third track of disc 2, or track 203. */
function meanings(digits: string): AudioFile['numbers'] {
  const track = Number(digits)
  if (digits.length < 3) return [{ track }]
  return [{ disc: Number(digits.slice(0, 1)), track: Number(digits.slice(1)) }, { track }]
}

function titlesOf(stem: string, rest: string): string[][] {
  const separator = /\s-\s/.test(rest) ? /\s+-+\s+/ : /\s*-+\s*/
  const segments = rest.split(separator).filter((segment) => segment.trim() !== '')
  const by = /^(.{1,200}?)\sby\s/i.exec(rest)?.[1]
  const bare = rest.replace(/[([{][^)\]}]*[)\]}]/g, ' ')
  const readings = [rest, ...segments.slice(-4), segments.slice(1).join(' '), bare, ...(by ? [by] : []), nameOnly(stem)]
  const texts = new Set(['', 'track'])
  const told = [...new Set(readings)].map(wordsOf).filter((words) => {
    const text = words.join(' ')
    const fresh = !texts.has(text)
    texts.add(text)
    return fresh
  })
  return told.slice(0, MAX_READINGS)
}

/** The stem as a title with its number, for titles that begin with one; nothing where it is a number only. */
function nameOnly(stem: string): string {
  return /\p{L}/u.test(stem) && !/^track\s?\d+$/i.test(stem) ? stem : ''
}
