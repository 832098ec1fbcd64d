import { transliterate } from './transliterate.js'

const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u
/** A quick look that spares most names the thorough one. */
const BEYOND_LATIN = /[\u0250-\uffff]/
const WITHOUT_VOWELS = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** Sounds that every country writes in its own way, longest first: Tchaikovsky, Chaykovskij, Čajkovskij. */
const SPELLINGS: [RegExp, string][] = [
  [/shch|sch|sh|sj|zh/g, 's'],
  [/tch|ch|ts|tz|cz/g, 'c'],
  [/kh|x/g, 'h'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/w/g, 'v'],
  [/ou|oo|oh(?![aeiou])/g, 'o'],
  [/[yj]/g, 'i'],
  [/ii+/g, 'i'],
  [/(.)\1/g, '$1'],
]

/** What a name sounds like, to be compared with a name in another script. */
export interface LatinForm {
  /** Only consonants are written. */
  withoutVowels: boolean
  words: string[]
}

const known = new WeakMap<readonly string[], LatinForm>()

export function latinForm(words: readonly string[]): LatinForm {
  const before = known.get(words)
  if (before) return before
  const text = words.join(' ')
  const form = { withoutVowels: WITHOUT_VOWELS.test(text), words: transliterate(text).split(' ').map(folded).filter(Boolean) }
  known.set(words, form)
  return form
}

export function hasOtherScript(text: string): boolean {
  return BEYOND_LATIN.test(text) && OTHER_SCRIPT.test(text)
}

/** What is a number in one language is a word in another. */
const NUMERALS: Record<string, string> = { '1': 'i', '5': 'v', '10': 'h' }

function folded(word: string): string {
  return NUMERALS[word] ?? SPELLINGS.reduce((text, [pattern, letter]) => text.replace(pattern, letter), word)
}

const consonants = new WeakMap<LatinForm, string[]>()

export function consonantsOf(form: LatinForm): string[] {
  const before = consonants.get(form)
  if (before) return before
  const found = form.words.map((word) => word.replace(/[aeiouv]/g, '')).filter(Boolean)
  consonants.set(form, found)
  return found
}
