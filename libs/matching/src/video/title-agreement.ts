import anyAscii from 'any-ascii'
import { plainText, wordsOf } from '../text/plain-text.js'
import { similarity } from '../text/similarity.js'

const MAX_TITLE = 300
const WRITTEN_TOGETHER = 0.98
const TRANSLITERATED = 0.97
const WITHOUT_SUBTITLE = 0.9
/** Names of films differ in little: Alien is not Aliens. */
const NEARLY = 0.9

const ARTICLES = new Set('the a an le la les el los der die das il lo'.split(' '))
const FILLERS = new Set(['and'])
const SAME: Record<string, string> = { vol: 'volume', pt: 'part', ep: 'episode', vs: 'versus', mister: 'mr', doctor: 'dr' }
const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve thirteen'.split(' ')

/** 0..1: how well one of the wanted titles fits one of those offered. */
export function titleAgreement(wanted: readonly string[], offered: readonly string[]): number {
  const names = offered.flatMap(alternatives)
  return Math.max(0, ...wanted.flatMap((title) => names.map((name) => agreement(title, name))))
}

/** "Das Boot AKA The Boat" and "Das Boot (The Boat)" bear two names. */
function alternatives(name: string): string[] {
  const text = name.slice(0, MAX_TITLE)
  const parts = text.split(/\saka\s|[/|()[\]]/i).filter((part) => part.trim() !== '')
  return [...new Set([text, ...parts])]
}

function agreement(wanted: string, offered: string): number {
  const [first, second] = [bare(wanted), bare(offered)]
  if (first.length === 0 || second.length === 0) return 0
  if (first.join(' ') === second.join(' ')) return 1
  if (letters(wanted) === letters(offered)) return WRITTEN_TOGETHER
  if (bare(anyAscii(wanted)).join('') === bare(anyAscii(offered)).join('')) return TRANSLITERATED
  const main = bare(wanted.split(/:|\s[-–—]\s|\s\(/)[0] ?? '')
  if (main.join(' ') === second.join(' ')) return WITHOUT_SUBTITLE
  return NEARLY * similarity(first, second)
}

/** The words that count: without article in front or, as in lists, behind. */
function bare(title: string): string[] {
  const words = wordsOf(title.slice(0, MAX_TITLE)).map(oneForm)
  const start = words.length > 1 && ARTICLES.has(words[0] ?? '') ? 1 : 0
  const end = words.length - start > 1 && words.at(-1) === 'the' ? -1 : undefined
  const kept = words.slice(start, end)
  const telling = kept.filter((word) => !FILLERS.has(word))
  return telling.length > 0 ? telling : kept
}

function oneForm(word: string): string {
  const value = NUMBERS.indexOf(word)
  return value >= 0 ? String(value) : (SAME[word] ?? word)
}

/** Spider-Man and Spiderman. */
function letters(title: string): string {
  return plainText(title.slice(0, MAX_TITLE)).replaceAll(' ', '')
}
