import { transliterate } from './transliterate.js'

const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u
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

/** What a name in another script sounds like, to be compared with the sounds of a name in Latin letters. */
export interface LatinForm {
  otherScript: boolean
  /** Only consonants are written. */
  withoutVowels: boolean
  words: string[]
}

const known = new WeakMap<readonly string[], LatinForm>()

export function latinForm(words: readonly string[]): LatinForm {
  const before = known.get(words)
  if (before) return before
  const text = words.join(' ')
  const form = {
    otherScript: OTHER_SCRIPT.test(text),
    withoutVowels: WITHOUT_VOWELS.test(text),
    words: transliterate(text).split(' ').map(folded).filter(Boolean),
  }
  known.set(words, form)
  return form
}

function folded(word: string): string {
  return SPELLINGS.reduce((text, [pattern, letter]) => text.replace(pattern, letter), word)
}

const consonants = new WeakMap<LatinForm, string[]>()

export function consonantsOf(form: LatinForm): string[] {
  const before = consonants.get(form)
  if (before) return before
  const found = form.words.map((word) => word.replace(/[aeiouv]/g, '')).filter(Boolean)
  consonants.set(form, found)
  return found
}
