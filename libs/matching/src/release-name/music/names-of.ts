import { cleanName } from './clean-name.js'
import { otherName } from './other-name.js'
import type { PartReading } from './read-part.js'
import { splitAt } from './split-at.js'

export interface Names {
  artist?: string
  album?: string
  artist_also?: string
  album_also?: string
  notes?: string[]
  /** Parts behind the names. */
  behind: PartReading[]
  /** The part that was taken for the album though it looks like tags. */
  borrowed?: PartReading
}

/** Which parts name the artist, which the album. */
export function namesOf(parts: PartReading[], fromFile: boolean): Names {
  const { names, behind } = sorted(parts, fromFile)
  const first = names[0]
  if (!first) return bracketed(parts, behind)
  const split = splitAt(names)
  const { name, also } = nameOf(names.slice(0, split))
  const artist = { artist: name, artist_also: also, behind }
  if (split < names.length) return { ...albumOf(names.slice(split)), artist: name, artist_also: also, behind }
  if (parts.some(isDiscography)) return artist
  const before = parts[0]
  if (before && before !== first && before.tagText !== '') return { artist: before.tagText, ...albumOf(names), behind }
  const borrowed = parts.find((part) => part.tagText !== '' && parts.indexOf(part) > parts.indexOf(first))
  return borrowed && !isOst(borrowed.tagText) ? { ...artist, album: cleanName(borrowed.tagText), borrowed } : { ...albumOf(names), behind }
}

/** "Film-OST-CD-2004" names no artist. */
function isOst(text: string): boolean {
  return /^(?:ost|bso)$/i.test(text)
}

/** "[Artist] - [Album] - [2004]" */
function bracketed(parts: PartReading[], behind: PartReading[]): Names {
  const [first, second] = parts.filter((part) => part.tagText !== '').map((part) => part.tagText)
  return second === undefined ? { album: first, behind } : { artist: first, album: second, behind }
}

export function isDiscography({ tags, ownTags }: PartReading): boolean {
  return [...tags, ...ownTags].some((tag) => tag.field === 'discography')
}

/** Names end with the part that has a tag which ends every name, or, between tight dashes, before the first part of tags. */
function sorted(parts: PartReading[], fromFile: boolean): { names: PartReading[]; behind: PartReading[] } {
  const names: PartReading[] = []
  let index = 0
  for (; index < parts.length; index++) {
    const part = parts[index] as PartReading
    if (names.length > 1 && part.joint === 'tight' && (part.name === '' || isCode(part.name) || ABOUT_ALBUM.test(part.name))) break
    if (part.name !== '') names.push(part)
    if (names.length > 0 && part.closes) break
    if (names.length > 1 && part.ownTags.some((tag) => tag.field === 'year')) break
  }
  return { names: withoutNumbers(names, fromFile), behind: parts.slice(index + 1) }
}

const ABOUT_ALBUM = /^(?:\S+ ){1,3}(?:edition|version|ed\.?|tracks)$|^(?:re)?(?:mixed|compiled|produced) by /i

/** One word in capitals behind artist and album: a catalogue number, or a tag that is not known. */
function isCode(name: string): boolean {
  return /^[A-Z]{2,40}(?: ?\d{1,9}[A-Z]{0,3})?$/.test(name)
}

/** Numbers of tracks stand before the artist or the title, the year before both. */
function withoutNumbers(names: PartReading[], fromFile: boolean): PartReading[] {
  if (names.length < 3 || names[1]?.joint !== 'strong') return names
  if (/^\d{1,3}\.?$|^(?:19|20)\d\d$/.test(names[0]?.name ?? '')) return names.slice(1)
  const track = names.findIndex(({ name }, index) => index > 0 && index < names.length - 1 && (fromFile ? /^\d{2}$/ : /^0\d$/).test(name))
  if (track < 0) return names
  return track === 1 ? [names[0] as PartReading, ...names.slice(2)] : names.slice(0, track)
}

function albumOf(parts: PartReading[]): Pick<Names, 'album' | 'album_also' | 'notes'> {
  const { name, also } = nameOf(parts)
  const brackets = (parts.at(-1)?.rests ?? []).filter((rest) => rest.bracket !== undefined && !rest.late)
  return { album: name, album_also: also, notes: brackets.map((rest) => rest.text).filter((text) => text !== also) }
}

function nameOf(parts: PartReading[]): ReturnType<typeof otherName> {
  const joined = parts.map((part, index) => (index === 0 ? '' : part.joint === 'strong' ? ' - ' : '-') + part.name).join('')
  return otherName(joined, parts.at(-1)?.rests ?? [])
}
