import { INDEXERS, isReposter } from '../tables/reposters.js'
import { endOfName } from './end-of-name.js'
import type { Part } from './parts.js'
import type { PartReading } from './read-part.js'
import { readTags } from './read-tags.js'
import { isHard, type Tag } from './tag.js'

/** The group behind the last dash, and the parts without it. */
export function takeGroup(parts: Part[], packed: boolean): { group?: string; rest: Part[] } {
  const rest = withoutPosters(parts)
  const last = rest.at(-1)
  const head = last?.pieces[0]
  if (rest.length < 2 || last?.joint !== 'tight' || head === undefined || head.bracket !== undefined) return { rest }
  if (last.pieces.slice(1).some((piece) => piece.bracket === undefined)) return { rest }
  const group = withoutLanguage(head.text.replace(/[ _]i?nt$/i, ''), packed)
  const before = rest.slice(0, -1)
  if (/\s|^\P{L}*$/u.test(group) || before.findLastIndex(isTagged) < 0 || isTag(group, before)) return { rest }
  return { group, rest: before }
}

/** "GROUP English"; with an underscore it is one word. */
function withoutLanguage(text: string, packed: boolean): string {
  const [group, behind, ...more] = text.split(' ') as [string, string?]
  if (behind === undefined || more.length > 0) return text
  const { tags, unknown } = readTags(behind)
  return unknown.length === 0 && tags.length > 0 && tags.every((tag) => tag.field === 'language')
    ? packed
      ? `${group}_${behind}`
      : group
    : text
}

function withoutPosters(parts: Part[]): Part[] {
  let end = parts.length
  while (end > 2 && parts[end - 1]?.joint === 'tight' && isReposter(parts[end - 1]?.pieces[0]?.text.toLowerCase() ?? '')) end--
  return parts.slice(0, end)
}

function isTagged(part: Part, index: number): boolean {
  return part.pieces.some((piece) => {
    if (piece.bracket !== undefined || (index > 0 && piece.reading.unknown.length === 0)) return true
    const words = piece.text.split(' ')
    return endOfName(words, false).to < words.length
  })
}

/** A word that is known as a tag is a group only behind the year, where the scene has it, and a format or source only where that was told before. */
function isTag(word: string, before: Part[]): boolean {
  const { tags, unknown } = readTags(word)
  if (unknown.length > 0) return false
  const behindYear = /^(?:19|20)\d\d$/.test(before.at(-1)?.pieces.at(-1)?.text ?? '')
  return !behindYear || tags.some(({ field }) => (field === 'source' || field === 'format') && !before.some((part) => tells(part, field)))
}

function tells({ pieces }: Part, field: Tag['field']): boolean {
  return pieces.some(({ reading }) => reading.unknown.length === 0 && reading.tags.some((tag) => tag.field === field))
}

const GENRES = new Set(
  'rock pop jazz metal rap hiphop hip-hop blues folk country classical electronic house techno trance ambient punk indie soul funk reggae disco rnb dance'.split(
    ' ',
  ),
)
const SITES = new Set([...INDEXERS, ...'h33t tntvillage kat glodls 1337x rutracker demonoid glt'.split(' ')])

/** The group that people write behind the format. */
export function lateGroup(readings: PartReading[], behind: PartReading[]): string | undefined {
  const late = readings.flatMap((reading) => {
    const all = behind.includes(reading)
    return [...(all ? [reading.name] : []), ...reading.rests.filter((rest) => rest.late || all).map((rest) => rest.text)]
  })
  return late.find(mayBeGroup)
}

function isNoGroup(word: string): boolean {
  return SITES.has(word) || GENRES.has(word)
}

function mayBeGroup(text: string): boolean {
  if (!/^\S{2,30}$/.test(text) || !/\p{L}/u.test(text) || readTags(text).tags.some(isHard) || isNoGroup(text.toLowerCase())) return false
  return !/^[a-z]{1,6}-?\d{3,}|\d{5}|www\.|\.(?:com|org|net|ru)$/i.test(text)
}
