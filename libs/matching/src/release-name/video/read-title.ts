import type { Marks } from './marks.js'
import { isForeign } from './scripts.js'
import type { Bracket, Line } from './tokens.js'

const BEFORE = ' ._-–—,;|/~:★⭐·•\u00a0\u3000'
const BEHIND = `${BEFORE}"”([{<【（`
/** Names of people in two scripts behind the title. */
const ASIDE = / \([^()]{0,200}\/[^()]{0,200}\)?/gu
const LATIN = /[a-z]/i
const AKA = / (?:aka|a k a|a\.k\.a\.?) /i
const COUNTRY = / \(?(US|UK)\)?$/

export interface Titles {
  title: string
  /** Other names the release gives to the same work. */
  aliases: string[]
  /** Tells shows of one name apart: "The Office US". */
  country?: string
}

/** The words from `start` to `end` as a title: one name, where the release gives several. */
export function readTitle(line: Line, start: number, end: number, marks: Marks): Titles {
  const text = plain(textBetween(line, start, end))
  const { title, aliases } = AKA.test(text) || isForeign(text) ? severalNames(text) : { title: trimEdges(text) || text, aliases: [] }
  const behind = line.tokens[marks.at(end)?.kind === 'year' ? end + 1 : end]?.key ?? ''
  const country = /^s\d|^\d{1,2}x\d/.test(behind) ? COUNTRY.exec(title) : null
  return country ? { title: title.slice(0, country.index), aliases, country: country[1] } : { title, aliases }
}

function severalNames(text: string): Titles {
  const names = (AKA.test(text) ? text.split(AKA) : [text])
    .flatMap((part) => (isForeign(part) ? part.replace(ASIDE, '').split(/[/|]/) : [part]))
    .map(trimEdges)
  const whole = names.find(isLatin)
  const parts = (whole ? names : names.flatMap(scripts)).filter((name) => name !== '')
  const title = whole ?? parts.find(isLatin) ?? parts[0] ?? text
  return { title, aliases: parts.filter((name) => name !== title) }
}

function isLatin(name: string): boolean {
  return LATIN.test(name) && !isForeign(name)
}

function textBetween(line: Line, start: number, end: number): string {
  const first = line.tokens[start]
  if (first === undefined || end <= start) return ''
  const round = first.bracket?.square === false
  return withoutEdges(line.text.slice(first.start - (round ? 1 : 0), stop(line, round ? undefined : first.bracket, end)))
}

/** The title stops before the next token's bracket, or where its own bracket closes. */
function stop(line: Line, own: Bracket | undefined, end: number): number {
  const closing = own?.end ?? line.text.length
  const next = line.tokens[end]
  if (next === undefined) return closing
  const bracket = next.bracket === own ? undefined : next.bracket
  return Math.min(closing, bracket ? bracket.start - 1 : next.start)
}

function withoutEdges(text: string): string {
  const bare = trimEdges(text)
  const unclosed = bare.lastIndexOf('(') > bare.lastIndexOf(')')
  return unclosed ? trimEdges(bare.replace(/\([^(]{0,100}$/, '')) : bare
}

/** Without the separators before it, and without those and opened brackets behind. */
function trimEdges(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && BEFORE.includes(text.charAt(start))) start++
  while (end > start && BEHIND.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** Separators become blanks; dots of initials and of numbers in a name with blanks stay. */
function plain(text: string): string {
  const blank = text.replaceAll('_', ' ')
  if (!blank.includes('.')) return blank.replace(/ {2,20}/g, ' ')
  const spaced = blank.includes(' ')
  return blank
    .replaceAll('.-.', ' - ')
    .replaceAll('.(', ' (')
    .replace(/(?<=\p{L}{2}|\d|[!?])\.(?=\p{L})|(?<=\p{L})\.(?=\p{L}{2})/gu, ' ')
    .replace(spaced ? /(?<=\p{L})\.(?=\d)/gu : /\.(?=\d)|(?<=\d)\./gu, ' ')
    .replace(/ {2,20}/g, ' ')
    .trim()
}

/** "Русское English" and "中文 English" are two names. */
function scripts(name: string): string[] {
  if (!isForeign(name) || !LATIN.test(name)) return [name]
  const words = name.split(/[ ·_！－]/)
  const foreign = words.map(isForeign)
  const from = foreign.lastIndexOf(true) + 1
  const tail = words.slice(from).join(' ')
  if (/[a-z]{2}/i.test(tail)) return [words.slice(0, from).join(' '), tail]
  const to = foreign.indexOf(true)
  const head = words.slice(0, to).join(' ')
  return /[a-z]{2}/i.test(head) ? [head, words.slice(to).join(' ')] : [name]
}
