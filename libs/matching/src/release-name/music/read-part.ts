import { cleanName } from './clean-name.js'
import { endOfName } from './end-of-name.js'
import type { Part, Piece } from './parts.js'
import { readTags } from './read-tags.js'
import { isHard, type Tag } from './tag.js'

/** What is neither name nor known tag: perhaps a group, a catalogue number, a note. */
export interface Rest {
  text: string
  bracket?: string
  /** It stands behind a tag that ends every name. */
  late: boolean
}

export interface PartReading {
  joint: Part['joint']
  /** Empty where the part holds tags only. */
  name: string
  /** The text of a part that holds tags only, if an album could be called so. */
  tagText: string
  /** The tags of such a text; all others are in `tags`. */
  ownTags: readonly Tag[]
  tags: Tag[]
  rests: Rest[]
  /** It holds a tag that ends every name. */
  closes: boolean
}

/** Takes a part apart: brackets before the name, the name, the tags behind it. */
export function readPart(part: Part, first: boolean, yearKnown: boolean): PartReading {
  const reading: PartReading = { joint: part.joint, name: '', tagText: '', ownTags: [], tags: [], rests: [], closes: false }
  const start = part.pieces.findIndex((piece) => piece.bracket === undefined)
  const lead = start < 0 ? part.pieces.length : start
  const name: string[] = []
  for (const piece of part.pieces.slice(0, lead)) {
    if (!first && start > 0 && keptInName(piece)) name.push(`${piece.bracket}${piece.text})`)
    else addBracket(reading, piece)
  }
  if (start > 0) reading.closes = false
  const head = part.pieces[lead]
  if (head) addHead(reading, head, name, first, yearKnown)
  for (const piece of part.pieces.slice(lead + 1)) {
    if (piece.bracket === undefined) addTail(reading, piece.text.split(/\s+/))
    else if (isVolume(piece) && reading.name !== '' && reading.tags.length === 0) reading.name += ` (${piece.text})`
    else addBracket(reading, piece)
  }
  const [rest] = reading.rests
  if (reading.name === '' && reading.tagText === '' && rest?.bracket && !rest.late) reading.tagText = rest.text
  return reading
}

/** Round brackets that open a title belong to it: "(What's the Story) Morning Glory?". */
function keptInName(piece: Piece): boolean {
  return piece.bracket === '(' && piece.reading.unknown.length > 0
}

/** "(Vol. 2)" is another album than that without. */
function isVolume(piece: Piece): boolean {
  return piece.bracket === '(' && /^(?:vol|volume|pt|part|no|book|act|chapter)\.? ?(?:\d{1,3}|[ivx]{1,5}|one|two|three)$/i.test(piece.text)
}

function addHead(reading: PartReading, { text, reading: all }: Piece, opening: string[], first: boolean, yearKnown: boolean): void {
  const words = text.split(/\s+/)
  const onlyTags = opening.length === 0 && all.unknown.length === 0 && all.tags.length > 0 && (!first || all.tags.some(isHard))
  if (onlyTags) addOwnTags(reading, text, all.tags)
  else addName(reading, words, opening, yearKnown)
}

function addName(reading: PartReading, words: string[], opening: string[], yearKnown: boolean): void {
  const { from, to } = endOfName(words, yearKnown)
  if (from > 0) addTags(reading, readTags(words.slice(0, from).join(' ')).tags)
  reading.name = cleanName([...opening, ...words.slice(from, to)].join(' '))
  const last = words[to - 1] as string
  if (to - from > 1) addTags(reading, doubtful(readTags(last).tags).filter(toldByName))
  addTail(reading, words.slice(to))
}

/** The last word of a name may say what it is and stay a part of it: Best of 2004, Some Songs EP. */
function toldByName(tag: Tag): boolean {
  return tag.field === 'year' || (tag.field === 'kind' && tag.value !== 'live' && tag.value !== 'album')
}

function addOwnTags(reading: PartReading, text: string, tags: readonly Tag[]): void {
  if (tags.some((tag) => isHard(tag) || tag.field === 'discography')) addTags(reading, tags)
  else Object.assign(reading, { ownTags: tags, tagText: text })
}

function addBracket(reading: PartReading, piece: Piece): void {
  const { tags, unknown } = piece.reading
  if (piece.text === '' && reading.name === '') reading.rests.push({ text: '( )', bracket: piece.bracket as string, late: reading.closes })
  addTags(reading, unknown.length === 0 ? tags : doubtful(tags))
  if (unknown.length > 0) reading.rests.push({ text: piece.text.trim(), bracket: piece.bracket as string, late: reading.closes })
}

/** Beside unknown words only what is no common word counts, and a year only where no other one is told. */
export function doubtful(tags: readonly Tag[]): Tag[] {
  return tags.filter((tag) => !tag.soft).map((tag) => (tag.field === 'year' ? { ...tag, soft: true } : tag))
}

/** Words behind the name; known ones are read together, because 320 and kbps are one. */
function addTail(reading: PartReading, words: string[]): void {
  if (words.length === 0) return
  const { tags, unknown } = readTags(words.join(' '))
  addTags(reading, unknown.length === 0 ? tags : tags.filter((tag) => tag.field !== 'language'))
  const rest = words.filter((word) => readTags(word).unknown.some((part) => unknown.includes(part))).map(withoutTags)
  if (rest.length > 0) reading.rests.push({ text: rest.join(' '), late: reading.closes })
}

/** FLAC-GROUP is a tag and something else. */
function withoutTags(word: string): string {
  const dash = word.indexOf('-')
  return dash > 0 && readTags(word.slice(0, dash)).unknown.length === 0 ? withoutTags(word.slice(dash + 1)) : word
}

function addTags(reading: PartReading, tags: readonly Tag[]): void {
  reading.tags.push(...tags)
  reading.closes ||= tags.some((tag) => isHard(tag) || tag.field === 'discography')
}
