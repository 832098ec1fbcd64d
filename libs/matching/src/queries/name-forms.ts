import { plainText } from '../text/plain-text.js'
import { transliterate } from '../text/transliterate.js'

const MAX_TEXT = 200

/** Indexers take punctuation for syntax or demand it in the title; a name that is nothing else stays as it is. */
export function searchText(text: string): string {
  const words = text
    .replace(/[()[\]{}"“”„«»!?:;,*~|\\/<>=…]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return (words === '' ? text.trim() : words).slice(0, MAX_TEXT).trim()
}

/**
 * Letters that are no base letter with an accent, and apostrophes, which titles leave out as often as not. Marks of other
 * scripts make letters of their own; only the two dots of Cyrillic are mostly left out.
 */
export function plainForm(text: string): string {
  return searchText(text.replace(/[^\s-]+/gu, plainWord))
}

function plainWord(word: string): string {
  if (!/[^\x20-\x7e]|['&+]/.test(word)) return word
  if (/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(word)) return word.replace(/ё/g, 'е').replace(/Ё/g, 'Е')
  return plainText(word) || word
}

export function latinForm(text: string): string {
  return plainForm(transliterate(text))
}

/** Without the words that titles have or have not: indexers look for all words that they are given. */
export function bareForm(artist: string): string {
  const bare = artist
    .replace(/^the\s+(?=\S)/i, '')
    .replace(/\s+(?:and|&|\+|und|et|y)\s+/gi, ' ')
    .trim()
  return bare === '' ? artist : bare
}

const EDITION =
  /\b(?:deluxe|expanded|remaster(?:ed|s)?|anniversary|bonus|reissue|re-?release|special edition|limited|collector'?s|explicit|edition|version|feat|ft|featuring|mono|stereo)\b/i
const EDITION_WORD =
  /^(?:super|deluxe|expanded|remaster(?:ed|s)?|anniversary|bonus|tracks?|reissue|special|limited|collector'?s|explicit|edition|version|digital|the|\d{4}|\d{1,3}(?:st|nd|rd|th)|-)$/i

/** The name of an album or track itself: no "(Deluxe Edition)", "- 2011 Remaster", "(feat. Somebody)". */
export function withoutEdition(name: string): string {
  const unbracketed = name.slice(0, MAX_TEXT * 2).replace(/[([{][^()[\]{}]{0,120}[)\]}]/g, (part) => (EDITION.test(part) ? ' ' : part))
  const words = unbracketed.trim().split(/\s+/)
  let end = words.length
  while (end > 0 && EDITION_WORD.test(words[end - 1] as string)) end -= 1
  const tail = words.slice(end).join(' ')
  const base = (EDITION.test(tail) ? words.slice(0, end) : words).join(' ').trim()
  return searchText(base) === '' ? name : base
}
