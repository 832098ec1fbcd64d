import { hasOtherScript } from './latin-form.js'

/** What comparing needs of a name. */
export interface Letters {
  /** Neighbouring letters, each pair as one number, in ascending order. */
  pairs: Int32Array
  /** Numbers among the words, in a form that is equal where they are. */
  numbers: string
  text: string
  /** How much its words weigh together. */
  weight: number
  /** Not all letters are Latin. */
  otherScript: boolean
}

/** Words that come and go; they weigh less than those that tell names apart. */
const LIGHT = new Set('the a an and of no in on to feat ft featuring'.split(' '))
const LIGHT_WEIGHT = 0.4

const known = new WeakMap<readonly string[], Letters>()

/** Worked out once for each list of words: a match compares names by the hundred thousand. */
export function lettersOf(words: readonly string[]): Letters {
  const found = known.get(words)
  if (found) return found
  const text = words.join('')
  const numbers = words.filter((word) => /^\d+$/.test(word))
  const letters = {
    text,
    pairs: pairsOf(text),
    numbers: numbers.sort().join(' '),
    weight: weightOf(words),
    otherScript: hasOtherScript(text),
  }
  known.set(words, letters)
  return letters
}

/** Dice's coefficient over pairs of letters, 0..1. */
export function letterSimilarity(first: Letters, second: Letters): number {
  if (first.text === second.text) return 1
  const [a, b] = [first.pairs, second.pairs]
  if (a.length === 0 || b.length === 0) return 0
  let shared = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] as number) - (b[j] as number)
    if (difference === 0) shared++
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return (2 * shared) / (a.length + b.length)
}

function pairsOf(text: string): Int32Array {
  const pairs = new Int32Array(Math.max(0, text.length - 1))
  for (let at = 0; at < pairs.length; at++) pairs[at] = (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1)
  return pairs.sort()
}

function weightOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + weightOfWord(word), 0)
}

export function weightOfWord(word: string): number {
  return LIGHT.has(word) ? LIGHT_WEIGHT : 1
}
