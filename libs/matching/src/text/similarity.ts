import { consonantsOf, latinForm } from './latin-form.js'
import { letterSimilarity, lettersOf, weightOfWord } from './letters.js'
import { wordsOf } from './plain-text.js'

/** Volume 1 is not Volume 2, however alike the rest. */
const OTHER_NUMBERS = 0.7
/** Names that share fewer of their letters do not share most of their words either. */
const FEW_LETTERS = 0.15
const MOST_WORDS = 0.4
const BY_SOUND = 0.98
const BY_CONSONANTS = 0.9

/**
 * 0..1 for two names: how many words they share, and how much of their letters; across scripts by their sound.
 * What cannot be more than `floor` is not worked out but called 0: most names have nothing to do with each other.
 */
export function similarity(first: readonly string[], second: readonly string[], floor = 0): number {
  if (first.length === 0 || second.length === 0) return 0
  const direct = compare(first, second, floor)
  if (direct === 1) return 1
  if (lettersOf(first).otherScript === lettersOf(second).otherScript) return direct
  const [one, other] = [latinForm(first), latinForm(second)]
  if (one.withoutVowels || other.withoutVowels)
    return Math.max(direct, BY_CONSONANTS * compare(consonantsOf(one), consonantsOf(other), floor))
  return Math.max(direct, BY_SOUND * compare(one.words, other.words, floor))
}

function compare(first: readonly string[], second: readonly string[], floor: number): number {
  if (first.length === 0 || second.length === 0) return 0
  const [a, b] = [lettersOf(first), lettersOf(second)]
  const letters = letterSimilarity(a, b)
  if (letters === 1) return 1
  if (letters < FEW_LETTERS && floor >= MOST_WORDS) return 0
  const share = a.numbers === b.numbers ? 1 : OTHER_NUMBERS
  const blend = (matched: number) => share * (0.5 * letters + matched / (a.weight + b.weight))
  return blend(Math.min(a.weight, b.weight)) <= floor ? 0 : blend(matchWords(first, second))
}

export function nameSimilarity(first: string, second: string): number {
  return similarity(wordsOf(first), wordsOf(second))
}

/** The weight of the words that both have, equal or nearly so; each serves once. */
function matchWords(wanted: readonly string[], offered: readonly string[]): number {
  const rest = [...offered]
  const missing: string[] = []
  let matched = 0
  for (const word of wanted) {
    const at = rest.indexOf(word)
    if (at < 0) {
      missing.push(word)
      continue
    }
    rest.splice(at, 1)
    matched += weightOfWord(word)
  }
  for (const word of missing) {
    const at = rest.findIndex((other) => nearlyEqual(word, other))
    if (at < 0) continue
    rest.splice(at, 1)
    matched += 0.9
  }
  return matched
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
