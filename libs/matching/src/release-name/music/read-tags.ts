import { isAscii } from './is-ascii.js'
import { PATTERNS, YEAR } from './patterns.js'
import type { Tag } from './tag.js'
import { TAG_WORDS } from './words.js'

export interface TagReading {
  tags: readonly Tag[]
  /** Words that say nothing known. */
  unknown: string[]
}

/** The facts of a bracket, a tail or a word, and what is left of it. */
export function readTags(text: string): TagReading {
  const small = text.toLowerCase()
  if (/^[a-z]*$/.test(small)) return readWord(small)
  if (YEAR_ALONE.test(small)) return { tags: [{ field: 'year', value: Number(small) }], unknown: [] }
  const lower = small.includes('.') ? small.replace(/(?<!\d)\.\s?|\.(?!\d)\s?/g, ' ') : small
  const reading = { tags: [] as Tag[], unknown: [] as string[] }
  readWords(/\d/.test(lower) ? readNumbers(lower, reading.tags) : lower, reading)
  return reading
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

function readWords(text: string, { tags, unknown }: { tags: Tag[]; unknown: string[] }): void {
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
