import { PATTERNS } from './patterns.js'
import type { Tag } from './tag.js'
import { TAG_WORDS } from './words.js'

export interface TagReading {
  tags: Tag[]
  /** Words that say nothing known. */
  unknown: string[]
}

/** The facts of a bracket, a tail or a word, and what is left of it. */
export function readTags(text: string): TagReading {
  const reading: TagReading = { tags: [], unknown: [] }
  const lower = text.toLowerCase()
  readWords(/\d/.test(lower) ? readNumbers(lower, reading.tags) : lower, reading)
  return reading
}

function readNumbers(text: string, tags: Tag[]): string {
  let rest = text
  for (const [pattern, read] of PATTERNS) {
    if (rest.search(pattern) < 0) continue
    for (const found of rest.matchAll(pattern)) tags.push(...read(found))
    rest = rest.replace(pattern, ' ')
  }
  return rest
}

function readWords(text: string, { tags, unknown }: TagReading): void {
  const words = text.split(/[^\p{L}\p{M}\p{N}'’]+/u)
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const pair = TAG_WORDS.get(`${word}_${words[at + 1]}`)
    const known = pair ?? TAG_WORDS.get(word)
    if (known) tags.push(...known)
    else if (word !== '') unknown.push(word)
    if (pair) at++
  }
}
