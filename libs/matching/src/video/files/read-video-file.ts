import type { TorrentFile } from '@torrentino/domain'
import type { ParsedRelease } from '../../release-name/parsed-release.js'
import { parseReleaseName } from '../../release-name/video/parse-release-name.js'
import { plainText, wordsOf } from '../../text/plain-text.js'
import type { Numbering } from '../numbering.js'

const VIDEO = new Set('mkv mp4 avi m4v ts m2ts mov wmv mpg mpeg webm ogm divx vob'.split(' '))
const PROGRAMS = new Set('exe scr bat cmd com lnk vbs msi ps1 jar apk'.split(' '))
const ARCHIVES = /^(?:rar|r\d\d|zip|7z)$/
const MAX_STEM = 250

/** Beside the film or the episodes; a folder of that name, or a word of the file's own. */
const EXTRAS_FOLDER =
  /^(?:samples?|proofs?|extras?|featurettes?|bonus(?: .*)?|behind the scenes|deleted scenes|interviews?|trailers?|shorts|menus?|nc|creditless|special features)$/
const EXTRAS_FILE =
  /(?:^|[\s._([-])(?:sample|trailer|teaser|featurette|deleted[\s._-]scenes?|behind[\s._-]the[\s._-]scenes|making[\s._-]of|interview|bloopers|gag[\s._-]reel|nc ?op\d*|nc ?ed\d*|creditless|menu\d*|preview|pv\d*|promo)(?=$|[\s._)\]-])/i

export interface VideoFile extends Numbering {
  path: string
  sizeBytes: number
  release: ParsedRelease
  /** Of the file's name. */
  words: string[]
  /** Sample, trailer and the like: never what is wanted. */
  extra: boolean
}

function extensionOf(path: string): string {
  return /\.([a-z0-9]{2,4})$/i.exec(path)?.[1]?.toLowerCase() ?? ''
}

function isVideo(path: string): boolean {
  return VIDEO.has(extensionOf(path))
}

export function isProgram(path: string): boolean {
  return PROGRAMS.has(extensionOf(path))
}

export function isArchive(path: string): boolean {
  return ARCHIVES.test(extensionOf(path))
}

/** A video with what its name and its folder say; anything else, and what is hidden or empty, is left out. `asked`: words of the ticket. */
export function readVideoFile(file: TorrentFile, asked: string): VideoFile | undefined {
  const folders = file.path.split('/')
  const base = folders.pop() ?? ''
  const hidden = base.startsWith('.') || folders.some((folder) => folder.startsWith('.') || folder === '__MACOSX')
  if (!isVideo(base) || hidden || file.size_bytes === 0) return undefined
  const stem = base.slice(0, -extensionOf(base).length - 1).slice(0, MAX_STEM)
  const release = parseReleaseName(stem)
  const folder = folders.at(-1) ?? ''
  const extra = folders.some((name) => EXTRAS_FOLDER.test(name.toLowerCase().replace(/[._]/g, ' '))) || saysExtra(stem, asked)
  return { path: file.path, sizeBytes: file.size_bytes, release, words: wordsOf(stem), extra, ...numberingOf(release, stem, folder) }
}

/** What the ticket itself is called is no sign of an extra: The Interview. */
function saysExtra(stem: string, asked: string): boolean {
  const said = EXTRAS_FILE.exec(stem)?.[0]
  return said !== undefined && !asked.includes(plainText(said))
}

/** The file's own numbers; a season that it does not tell is its folder's. */
function numberingOf(release: ParsedRelease, stem: string, folder: string): Numbering {
  const { absolute, date } = release
  const bare = release.episodes.length === 0 && absolute === undefined && date === undefined ? bareNumber(stem) : undefined
  const seasons = release.seasons.length > 0 ? release.seasons : (bare?.season ?? seasonOfFolder(folder))
  return {
    seasons,
    ...(seasons[0] === undefined ? {} : { season: seasons[0] }),
    episodes: bare ? [bare.episode] : release.episodes,
    ...(absolute === undefined ? {} : { absolute }),
    ...(date === undefined ? {} : { date }),
    pack: false,
  }
}

/** `Season 2`, `S02`, `Show.S02.1080p`, `Specials`: where there is one season in its name. */
function seasonOfFolder(folder: string): number[] {
  if (/(?:^|[\s._-])specials?(?:$|[\s._-])/i.test(folder)) return [0]
  const found = [
    ...folder.matchAll(
      /(?:^|[\s._([-])(?:s|season[\s._-]?|series[\s._-]|staffel[\s._-]?|saison[\s._-]?|temporada[\s._-]?)(\d{1,2})(?!\d)/gi,
    ),
  ]
  const numbers = [...new Set(found.map((match) => Number(match[1])))]
  return numbers.length === 1 ? numbers : []
}

/** Files of a pack often bear little more than their number: `03`, `3 - Title`, `Episode 3`, `Show - 03`, `203` and `2x03`. */
function bareNumber(stem: string): { season?: number[]; episode: number } | undefined {
  const cross = /(?:^|[\s._([-])(\d{1,2})x(\d{2,3})(?!\d)/i.exec(stem)
  if (cross) return { season: [Number(cross[1])], episode: Number(cross[2]) }
  const named = /(?:^|[\s._([-])(?:episode|ep|e|part|folge)[\s._-]?(\d{1,3})(?!\d)/i.exec(stem)
  if (named) return { episode: Number(named[1]) }
  const trailing = /[\s._-](\d{3})(?=$|\s-\s)/.exec(stem)
  if (trailing) return { episode: Number(trailing[1]) }
  const leading = /^[\s([]*(\d{1,3})(?=$|[\s._)\]-])/.exec(stem) ?? /\s-\s(\d{1,3})(?=$|\s|v\d)/.exec(stem)
  return leading ? { episode: Number(leading[1]) } : undefined
}
