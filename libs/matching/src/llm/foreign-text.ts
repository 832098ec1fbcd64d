import type { MatchRequest } from '../match-request.js'
import { wordsOf } from '../text/plain-text.js'
import { isEditionWord, isTagWord } from '../title/tags.js'

/** Text of strangers as a model may see it: one line, no signs that cannot be seen, bounded. */
export function foreignText(text: string, max: number): string {
  return text
    .slice(0, 4 * max)
    .normalize('NFKC')
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .slice(0, max)
}

/** Data for a prompt. JSON keeps it in its quotes; `<` goes, because some servers take `<|...|>` for marks of their own. */
export function dataOf(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c')
}

/** Grows by rows. */
const TO_THE_READER = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules|above|everything)\b/,
  /\b(?:ignore|disregard|forget|override|bypass) (?:(?:all|any|the|your|of) ){0,3}(?:previous|prior|earlier|others?)\b/,
  /\b(?:system|assistant|developer|human) ?:/,
  /\b(?:system prompt|you are (?:an?|the|now)|as an ai|language model|jailbreak|prompt injection|your (?:task|instructions?|answer|output))\b/,
  /\b(?:scores?|rates?|rank|rating|confidence|approve|select|choose|prefer|pick)\b.{0,20}(?:\b(?:this|me|c\d{1,2}|highest|best|first)\b|\b1[.,]0|\b0[.,]\d|\b100 ?%)/,
  /["'{[<] ?(?:scores?|id|role|reasoning|confidence|mapping)["']? ?[:=]/,
  /<\/?(?:system|instructions?|data|user|assistant)\b|\[\/?inst\]|<\|/,
]

/** A name that speaks to whoever reads it. It is not shown to a model; the rules judge it alone. */
export function speaksToReader(text: string): boolean {
  const plain = foreignText(text, 1000)
    .toLowerCase()
    .replace(/[_.*]+/g, ' ')
    .replace(/ {2,}/g, ' ')
  return TO_THE_READER.some((pattern) => pattern.test(plain) || pattern.test(foreignText(text, 1000).toLowerCase()))
}

const MOST_STRANGE_WORDS = 8
const LONG_WORD = 15
/** Scripts that are written without spaces. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** An instruction needs words; a release name has few beside artist, album and what they say of the sound. */
export function isWordy(title: string, { search }: Pick<MatchRequest, 'search'>): boolean {
  const known = new Set(wordsOf(`${search.artist} ${search.album ?? ''} ${search.label ?? ''}`))
  const strange = wordsOf(title).filter((word) => !known.has(word) && !isTagWord(word) && !isEditionWord(word) && !/^\d+$/.test(word))
  const weight = strange.reduce((sum, word) => sum + Math.ceil(word.length / (UNSPACED.test(word) ? 3 : LONG_WORD)), 0)
  return weight > MOST_STRANGE_WORDS
}
