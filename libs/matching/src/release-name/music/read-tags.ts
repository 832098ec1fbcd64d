import { isAscii } from './is-ascii.js'
import { PATTERNS, YEAR } from './patterns.js'
import type { Tag } from './tag.js'
import { TAG_WORDS } from './words.js'

export interface TagReading {
  tags: readonly Tag[]
  /** Words that say nothing known. */
  unknown: readonly string[]
}

/** The facts of a bracket, a tail or a word, and what is left of it. */
export function readTags(text: string): TagReading {
  const small = text.toLowerCase()
  if (/^[a-z]*$/.test(small)) return readWord(small)
  if (YEAR_ALONE.test(small)) return { tags: [{ field: 'year', value: Number(small) }], unknown: [] }
  return /^[a-z\d]{1,10}$/.test(small) ? readShort(small) : readAll(small)
}

/** Words such as 320kbps and 2cd come again within a name and in others: read once, but not kept without end. */
const known = new Map<string, TagReading>()
const MAX_KNOWN = 1000

function readShort(word: string): TagReading {
  const before = known.get(word)
  if (before) return before
  if (known.size === MAX_KNOWN) known.clear()
  const reading = readAll(word)
  known.set(word, reading)
  return reading
}

function readAll(small: string): TagReading {
  const tags: Tag[] = []
  const unknown: string[] = []
  const lower = small.includes('.') ? small.replace(/(?<!\d)\.\s?|\.(?!\d)\s?/g, ' ') : small
  readWords(/\d/.test(lower) ? readNumbers(lower, tags) : lower, tags, unknown)
  return { tags, unknown }
}

/** The number that stands alone most often. */
const YEAR_ALONE = new RegExp(`^${YEAR}$`)

function readWord(word: string): TagReading {
  const tags = TAG_WORDS.get(word)
  return { tags: tags ?? [], unknown: tags || word === '' ? [] : [word] }
}

function readNumbers(text: string, tags: Tag[]): string {
  let rest = text
  for (const { needs, form, says } of PATTERNS) {
    if (!hasOne(text, needs)) continue
    rest = rest.replace(form, (...found) => {
      tags.push(...says(found))
      return ' '
    })
  }
  return rest
}

function hasOne(text: string, needs: string[]): boolean {
  for (let at = 0; at < needs.length; at++) if (text.includes(needs[at] as string)) return true
  return false
}

function readWords(text: string, tags: Tag[], unknown: string[]): void {
  const words = text.split(isAscii(text) ? /[^a-z\d']+/ : /[^\p{L}\p{M}\p{N}'’]+/u)
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const pair = TAG_WORDS.get(`${word}_${words[at + 1]}`)
    const known = pair ?? TAG_WORDS.get(word)
    if (known) tags.push(...known)
    else if (word !== '') unknown.push(word)
    if (pair) at++
  }
}
