import type { PartReading } from './read-part.js'

export interface Names {
  artist?: string
  album?: string
  /** Parts behind the names. */
  behind: PartReading[]
  /** The part that was taken for the album though it looks like tags. */
  borrowed?: PartReading
}

const VARIOUS = /^(?:va|v\.a\.|v ?\/ ?a|various(?: artists)?|v a)$/i

/** Which parts name the artist, which the album. */
export function namesOf(parts: PartReading[]): Names {
  const { names, behind } = sorted(parts)
  const first = names[0]
  if (!first) return { behind }
  const split = splitAt(names)
  const artist = joined(names.slice(0, split))
  if (split < names.length) return { artist, album: joined(names.slice(split)), behind }
  if (parts.some(isDiscography)) return { artist, behind }
  const borrowed = parts.find((part) => part.tagText !== '' && parts.indexOf(part) > parts.indexOf(first))
  return borrowed && names.length === 1 ? { artist, album: borrowed.tagText, behind, borrowed } : { album: artist, behind }
}

function isDiscography({ tags, ownTags }: PartReading): boolean {
  return [...tags, ...ownTags].some((tag) => tag.field === 'discography')
}

/** Names end with the part that has a tag which ends every name, or, between tight dashes, before the first part of tags. */
function sorted(parts: PartReading[]): { names: PartReading[]; behind: PartReading[] } {
  const names: PartReading[] = []
  let index = 0
  for (; index < parts.length; index++) {
    const part = parts[index] as PartReading
    if (part.name !== '') names.push(part)
    else if (part.joint === 'tight' && names.length > 1) break
    if (part.closes && names.length > 0) break
  }
  return { names: withoutNumber(names), behind: parts.slice(index + 1) }
}

/** The number of a track before artist and title. */
function withoutNumber(names: PartReading[]): PartReading[] {
  return names.length > 2 && /^\d{1,3}\.?$/.test(names[0]?.name ?? '') && names[1]?.joint === 'strong' ? names.slice(1) : names
}

function splitAt(names: PartReading[]): number {
  if (VARIOUS.test(names[0]?.name ?? '')) return 1
  for (let at = 1; at < names.length; at++) {
    const part = names[at] as PartReading
    if (part.joint === 'strong' || !hyphened(names[at - 1]?.name ?? '', part.name)) return at
  }
  return names.length > 1 && names.length > 2 ? names.length - 1 : 1
}

const HYPHEN_BEFORE =
  /(?:^| )(?:ex|re|non|anti|self|co|semi|neo|trip|hip|lo|hi|wu|run|alt|ne|jean|anne|hans|karl|marie|jay|blink|[a-z0-9])$/i
const HYPHEN_AFTER = /^(?:\d{2,3}|[a-z]|n|o|hop|fi|luc|michel)(?: |$)/i

/** Whether a dash between two words rather belongs to a name: Jay-Z, T-Pain, blink-182. */
function hyphened(left: string, right: string): boolean {
  return HYPHEN_BEFORE.test(left) || HYPHEN_AFTER.test(right)
}

function joined(parts: PartReading[]): string {
  return parts.map((part, index) => (index === 0 ? '' : part.joint === 'strong' ? ' - ' : '-') + part.name).join('')
}
