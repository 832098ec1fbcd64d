import type { ParsedMusicRelease } from '../parsed-release.js'
import { factsOf } from './facts-of.js'
import { lateGroup, takeGroup } from './group-of.js'
import { namesOf } from './names-of.js'
import { type Part, partsOf } from './parts.js'
import { plainForm } from './plain-form.js'
import { type PartReading, readPart } from './read-part.js'
import { readTags } from './read-tags.js'
import type { Tag } from './tag.js'

/** What the name of a music release says: names of the scene, of trackers and of people. Never throws; reads the first 500 characters. */
export function parseMusicRelease(name: string): ParsedMusicRelease {
  const { text, packed, extension } = plainForm(name)
  const { group: behindDash, rest } = takeGroup(partsOf(text, packed))
  const yearKnown = rest.some(namesYear)
  const readings = rest.map((part, index) => readPart(part, index === 0, yearKnown))
  const { artist, album, behind, borrowed } = namesOf(readings)
  const facts = factsOf(
    readings.flatMap((reading) => tagsOf(reading, reading === borrowed)),
    extension,
  )
  const group = behindDash ?? lateGroup(readings, behind)
  return { ...(artist ? { artist } : {}), ...(album ? { album } : {}), ...facts, ...(group ? { group } : {}) }
}

/** An album that is called like a tag states nothing but the year behind it. */
function tagsOf({ tags, ownTags, tagText }: PartReading, isAlbum: boolean): Tag[] {
  if (!isAlbum) return [...ownTags, ...tags]
  return [...(/\s/.test(tagText) ? ownTags.filter((tag) => tag.field === 'year') : []), ...tags]
}

/** A year that stands in a bracket or between dashes; others may be part of a name then. */
function namesYear(part: Part, index: number): boolean {
  return part.pieces.some((piece) => {
    if (piece.bracket === undefined && index === 0) return false
    const { tags, unknown } = readTags(piece.text)
    return unknown.length === 0 && tags.some((tag) => tag.field === 'year')
  })
}
