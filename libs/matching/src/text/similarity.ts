import stringSimilarity from 'string-similarity'
import { wordsOf } from './plain-text.js'

/** 0..1 for two names: how many words they share, and how much of their letters. */
export function similarity(first: readonly string[], second: readonly string[]): number {
  if (first.length === 0 || second.length === 0) return 0
  const letters = stringSimilarity.compareTwoStrings(first.join(' '), second.join(' '))
  if (letters === 1) return 1
  const { matched } = matchWords(first, second)
  const words = (2 * matched) / (first.length + second.length)
  const blended = 0.5 * letters + 0.5 * words
  return sameNumbers(first, second) ? blended : blended * 0.7
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
  if (Math.min(first.length, second.length) < 5 || Math.abs(first.length - second.length) > 1) return false
  if (/\d/.test(first) || /\d/.test(second)) return false
  let start = 0
  while (start < first.length && first[start] === second[start]) start++
  let end = 0
  while (end < Math.min(first.length, second.length) - start && first.at(-1 - end) === second.at(-1 - end)) end++
  return Math.max(first.length, second.length) - start - end <= 1
}

/** Volume 1 is not Volume 2, however alike the rest. */
export function sameNumbers(first: readonly string[], second: readonly string[]): boolean {
  const numbers = (words: readonly string[]) =>
    words
      .filter((word) => /^\d+$/.test(word))
      .sort()
      .join(' ')
  return numbers(first) === numbers(second)
}
