import type { ParsedMusicRelease } from '../parsed-release.js'
import { type Facts, factsOf } from './facts-of.js'
import { lateGroup, takeGroup } from './group-of.js'
import { isDiscography, type Names, namesOf } from './names-of.js'
import { type Part, partsOf } from './parts.js'
import { plainForm } from './plain-form.js'
import { doubtful, type PartReading, readPart } from './read-part.js'
import type { Tag } from './tag.js'
import { trackerForm } from './tracker-form.js'

/** What the name of a music release says: names of the scene, of trackers and of people. Never throws; reads the first 500 characters. */
export function parseMusicRelease(name: string): ParsedMusicRelease {
  const { text, packed, extension } = plainForm(name)
  const exact = trackerForm(text)
  const { group: behindDash, rest } = takeGroup(partsOf(exact?.tags ?? text, packed), packed)
  const yearKnown = rest.some(namesYear)
  const readings = rest.map((part, index) => readPart(part, index === 0, yearKnown))
  const names: Names = exact ? { artist: exact.artist, album: exact.album, behind: [] } : namesOf(readings, extension !== undefined)
  const tags = yearOfScene(readings, behindDash).flatMap((reading) => tagsOf(reading, reading === names.borrowed))
  const group = exact ? undefined : (behindDash ?? lateGroup(readings, names.behind))
  return toRelease(names, factsOf(tags, extension), group)
}

/** One literal: a spread among its fields is dear. */
function toRelease(names: Names, facts: Facts, group: string | undefined): ParsedMusicRelease {
  const spans = spansCareer(names, facts)
  const { artist, album, artist_also, album_also }: Partial<Names> = spans && !names.artist ? { artist: names.album } : names
  return {
    artist,
    album,
    artist_also,
    album_also,
    year: facts.year,
    year_to: facts.year_to,
    source: facts.source,
    audio_format: facts.audio_format,
    bitrate: facts.bitrate,
    sample_rate: facts.sample_rate,
    bit_depth: facts.bit_depth,
    discs: facts.discs,
    proper: facts.proper,
    repack: facts.repack,
    discography: facts.discography || spans,
    languages: facts.languages,
    editions: facts.editions,
    kinds: facts.kinds,
    notes: names.notes ?? [],
    group,
  }
}

/** The year before the group is the release's; of a discography the span is told. */
function yearOfScene(readings: PartReading[], group?: string): PartReading[] {
  const last = readings.at(-1)
  const bare = group !== undefined && last !== undefined && /^(?:19|20)\d\d$/.test(last.tagText)
  return bare && !readings.some(isDiscography) ? [last, ...readings.slice(0, -1)] : readings
}

/** "Artist - Collection (1969-1990)" and "Artist (1969-1990)" are discographies too; songs of these years are not. */
function spansCareer({ artist, album }: Names, { year_to }: { year_to?: number }): boolean {
  if (year_to === undefined || album === undefined) return false
  return artist === undefined ? !SELECTION.test(album) : COLLECTION.test(album)
}

const COLLECTION = /^(?:the )?(?:complete )?(?:\d{1,3} cds? )?(?:collection|коллекция|works|albums(?: (?:&|and) singles)?|recordings)$/i

const SELECTION = /\b(?:collection|best|hits|songs|music|anthology|classics|vol|years|box|singles|ost|soundtrack)\b/i

/** An album that is called like a tag states nothing but the year behind it. */
function tagsOf({ tags, ownTags, tagText }: PartReading, isAlbum: boolean): Tag[] {
  if (!isAlbum) return [...ownTags, ...tags]
  return [...(/\s/.test(tagText) ? doubtful(ownTags).filter((tag) => tag.field === 'year') : []), ...tags]
}

/** A year that stands in a bracket or between dashes; others may be part of a name then. */
function namesYear(part: Part, index: number): boolean {
  return part.pieces.some((piece) => {
    if (piece.bracket === undefined && index === 0) return false
    const { tags, unknown } = piece.reading
    return unknown.length === 0 && tags.some((tag) => tag.field === 'year')
  })
}
