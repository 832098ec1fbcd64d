import { hasOtherScript } from '../text/latin-form.js'
import { plainText, wordsOf } from '../text/plain-text.js'
import { isEditionWord } from './tags.js'

const MAX_NAME = 300
/** A form of a name, and how far it can be trusted to be the name. */
export interface NameForm {
  words: string[]
  trust: number
}

const WHOLE = 1
const HALF_OF_BOTH_SCRIPTS = 0.99
/** One of several artists, or a name without its addition: right mostly, but not surely. */
const ONE_OF_SEVERAL = 0.9
export const WITHOUT_ADDITION = 0.9
const JOINTS = /\s+(?:&|\+|x|vs\.?|with|and|und|et|y)\s+|\s*[,;]\s+|\s*\/\s*/i
/** Additions that tell bands of one name apart: they belong to the name. */
export const WHERE_FROM = /^(?:uk|us|usa|gb|eng|can|aus|swe|ger|de|fr|fra|nl|it|ita|esp|pol|rus|jpn|jp|rapper|band|dj)$/i

/** Ways to read what stands in the artist's place. */
export function artistForms(name: string): NameForm[] {
  const text = name.slice(0, MAX_NAME)
  const alone = text.replace(/[\s([]+(?:feat\.?|ft\.?|featuring)\s.*$/i, '')
  const parts = alone.split(JOINTS).filter((part) => part.trim() !== '')
  const behind = /^(.*\S),\s*the$/i.exec(alone)
  return distinct([
    form(text, WHOLE),
    form(alone, WHOLE),
    ...(behind ? [form(behind[1] ?? '', WHOLE)] : []),
    ...scriptHalves(alone),
    ...(parts.length > 1 ? parts.slice(0, 6).map((part) => form(part, ONE_OF_SEVERAL)) : []),
  ])
}

/** Ways to read what stands in the album's place: also without what stands in brackets or behind a colon. */
export function albumForms(name: string): NameForm[] {
  const text = name.slice(0, MAX_NAME)
  const [head, ...tail] = text.split(/:\s+|\s+-\s+/)
  const outside = text.replace(/\([^)]*\)|\[[^\]]*\]|\{[^}]*\}/g, ' ')
  return distinct([
    form(text, WHOLE),
    ...scriptHalves(text),
    ...(outside === text ? [] : [form(outside, isAddition(text, outside) ? HALF_OF_BOTH_SCRIPTS : WITHOUT_ADDITION)]),
    ...(tail.length > 0 ? [form(head ?? '', WITHOUT_ADDITION), form(tail.join(' '), WITHOUT_ADDITION)] : []),
  ])
}

/** "Кино / Kino" and "Кино (Kino)" are one name twice. */
function scriptHalves(text: string): NameForm[] {
  const inside = [...text.matchAll(/[([]([^)\]]{2,100})[)\]]/g)].map((match) => match[1] ?? '')
  const outside = text.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ').trim()
  const aliases = inside.filter((part) => !WHERE_FROM.test(part.trim()) && hasOtherScript(part) !== hasOtherScript(outside))
  const halves = text.split(/\s+[/|]\s+/)
  const twoScripts = halves.length === 2 && hasOtherScript(halves[0] ?? '') !== hasOtherScript(halves[1] ?? '')
  const names = [...(aliases.length > 0 ? [outside, ...aliases] : []), ...(twoScripts ? halves : [])]
  return names.map((part) => form(part, HALF_OF_BOTH_SCRIPTS))
}

/** Whether only words of an edition stand in the brackets, or the name of a sign that stands outside. */
function isAddition(text: string, outside: string): boolean {
  const rest = wordsOf(text).filter((word) => !wordsOf(outside).includes(word))
  return rest.every(isEditionWord) || plainText(outside) === ''
}

function form(text: string, trust: number): NameForm {
  return { words: wordsOf(text), trust }
}

function distinct(forms: NameForm[]): NameForm[] {
  const seen = new Set<string>()
  return forms.filter(({ words }) => {
    const key = words.join(' ')
    const fresh = key !== '' && !seen.has(key)
    seen.add(key)
    return fresh
  })
}

export function withoutArticle(words: string[]): string[] {
  return words.length > 1 && words[0] === 'the' ? words.slice(1) : words
}
