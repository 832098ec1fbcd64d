import { LANGUAGES } from '../tables/languages.js'
import { AUDIO } from './tables/audio.js'
import { CODECS } from './tables/codecs.js'
import { EDITIONS } from './tables/editions.js'
import { FLAGS } from './tables/flags.js'
import { DEPTHS, HDR } from './tables/hdr.js'
import { NOISE } from './tables/noise.js'
import { QUALITIES } from './tables/qualities.js'
import type { Belief, Row, TagField } from './tables/row.js'
import { SOURCES } from './tables/sources.js'

export interface Meaning {
  field: TagField
  value: string
  belief: Belief
}

const TABLES: [TagField, Row[]][] = [
  ['source', SOURCES],
  ['quality', QUALITIES],
  ['codec', CODECS],
  ['audio', AUDIO],
  ['hdr', HDR],
  ['depth', DEPTHS],
  ['edition', EDITIONS],
  ['language', LANGUAGES],
  ['flag', FLAGS],
  ['noise', NOISE],
]
const BELIEFS = ['anywhere', 'touching', 'after'] as const

/** Phrase with one blank between words -> all that it means. A word before a blank may also be written against the next. */
const MEANINGS = new Map<string, Meaning[]>()
/** First word of a phrase -> words of the longest such phrase. */
const LONGEST = new Map<string, number>()

for (const [field, rows] of TABLES) {
  for (const row of rows) {
    for (const belief of BELIEFS) {
      for (const phrase of row[belief]?.split(', ') ?? []) addPhrase(phrase, { field, value: row.value, belief })
    }
  }
}

function addPhrase(phrase: string, meaning: Meaning): void {
  const words = phrase.split(' ')
  for (const spelling of spellings(words)) {
    const [first = '', ...rest] = spelling.split(' ')
    LONGEST.set(first, Math.max(LONGEST.get(first) ?? 0, rest.length + 1))
    const known = MEANINGS.get(spelling)
    if (known === undefined) MEANINGS.set(spelling, [meaning])
    else if (!known.some(({ field, value }) => field === meaning.field && value === meaning.value)) known.push(meaning)
  }
}

/** With and without a separator at each blank. */
function spellings([first = '', ...rest]: string[]): string[] {
  if (rest.length === 0) return [first]
  return spellings(rest).flatMap((tail) => [`${first} ${tail}`, `${first}${tail}`])
}

/** Beginnings of single words that are believed anywhere and have no figure. */
const BEGINNINGS = new Set<string>()
for (const [word, meanings] of MEANINGS) {
  if (/^[^\d ]{2,}$/.test(word) && meanings.some(({ belief }) => belief === 'anywhere')) BEGINNINGS.add(word.slice(0, 3))
}

/** A word without figures may be two known ones; most are not. */
export function mayBeTwo(word: string): boolean {
  return word.length > 3 && (BEGINNINGS.has(word.slice(0, 3)) || BEGINNINGS.has(word.slice(0, 2)))
}

/** Words of the longest phrase that begins with this one. */
export function longestFrom(word: string): number {
  return LONGEST.get(word) ?? 0
}

export function meaningsOf(phrase: string): Meaning[] | undefined {
  return MEANINGS.get(phrase)
}
