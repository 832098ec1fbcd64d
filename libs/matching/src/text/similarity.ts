import { letterSimilarity, lettersOf } from './letters.js'
import { wordsOf } from './plain-text.js'

/** Volume 1 is not Volume 2, however alike the rest. */
const OTHER_NUMBERS = 0.7

/**
 * 0..1 for two names: how many words they share, and how much of their letters.
 * What cannot be more than `floor` is not worked out but called 0: most names have nothing to do with each other.
 */
export function similarity(first: readonly string[], second: readonly string[], floor = 0): number {
  if (first.length === 0 || second.length === 0) return 0
  const [a, b] = [lettersOf(first), lettersOf(second)]
  const letters = letterSimilarity(a, b)
  if (letters === 1) return 1
  const share = a.numbers === b.numbers ? 1 : OTHER_NUMBERS
  const blend = (matched: number) => share * (0.5 * letters + matched / (first.length + second.length))
  return blend(Math.min(first.length, second.length)) <= floor ? 0 : blend(matchWords(first, second).matched)
}

export function nameSimilarity(first: string, second: string): number {
  return similarity(wordsOf(first), wordsOf(second))
}

/** Pairs off equal or nearly equal words; each serves once. */
export function matchWords(wanted: readonly string[], offered: readonly string[]): { matched: number; rest: string[] } {
  const rest = [...offered]
  const missing: string[] = []
  for (const word of wanted) {
    const at = rest.indexOf(word)
    if (at >= 0) rest.splice(at, 1)
    else missing.push(word)
  }
  let matched = wanted.length - missing.length
  for (const word of missing) {
    const at = rest.findIndex((other) => nearlyEqual(word, other))
    if (at < 0) continue
    rest.splice(at, 1)
    matched += 0.9
  }
  return { matched, rest }
}

/** A slip of the pen: one letter more, less or other in a word of five or more. */
export function nearlyEqual(first: string, second: string): boolean {
  if (first === second) return true
  const [short, long] = first.length < second.length ? [first, second] : [second, first]
  if (short.length < 5 || long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && first.charCodeAt(start) === second.charCodeAt(start)) start++
  let end = 0
  while (end < short.length - start && short.charCodeAt(short.length - 1 - end) === long.charCodeAt(long.length - 1 - end)) end++
  return long.length - start - end <= 1 && !/\d/.test(first) && !/\d/.test(second)
}
