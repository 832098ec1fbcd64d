import type { Mark, Marks } from './marks.js'
import { type Line, outermost, type Token } from './tokens.js'

const ORDINAL = /^\d{1,3}(?:st|nd|rd|th)$/
/** A title does not end in one of these. */
const CONNECTORS = new Set('the a an and of in on to for with from und der die das et le la les de du y e il of& &'.split(' '))

/** First token behind the title. */
export function titleEnd(line: Line, marks: Marks, start: number): number {
  if (start > 0 && marks.at(start)?.belief === 'anywhere') return start
  let end = start + 1
  while (end < line.tokens.length && !endsTitle(line, marks, start, end)) end++
  if (end === line.tokens.length) end = loneTag(line, marks, start)
  end = bracketStart(line, start, end)
  while (end > start + 1 && belongsToTags(line, marks, start, end)) end = marks.at(end - 1)?.from ?? end - 1
  return end
}

function endsTitle(line: Line, marks: Marks, start: number, at: number): boolean {
  const mark = marks.at(at)
  if (mark?.belief === 'anywhere') return mark.kind !== 'tag' || !isAllTitle(line, start, mark.from)
  const bracket = line.tokens[at]?.bracket
  if (bracket === undefined || bracket === line.tokens[start]?.bracket || !bracket.square) return false
  return !isInsertion(line, marks, at)
}

/** "The Final Cut": before the tag stands no word that could be the title alone. */
function isAllTitle(line: Line, start: number, from: number): boolean {
  return line.tokens.slice(start, from).every(({ key }) => CONNECTORS.has(key))
}

/** "A Day [Not] Lost": the title goes on behind the bracket. */
function isInsertion(line: Line, marks: Marks, at: number): boolean {
  const bracket = line.tokens[at]?.bracket
  let to = at
  while (to < line.tokens.length && line.tokens[to]?.bracket === bracket) to++
  const next = line.tokens[to]
  return to === at + 1 && next !== undefined && next.bracket === undefined && /^[\])】][\s_]$/.test(next.gap) && marks.free(at, to + 1)
}

/** A name without any sure tag: a source in capitals is believed all the same. */
function loneTag(line: Line, marks: Marks, start: number): number {
  const isTag = (mark: Mark | undefined) =>
    mark?.belief === 'touching' && mark.meanings.some(({ field }) => field === 'source' || field === 'codec')
  for (let at = start + 1; at < line.tokens.length; at++) if (isTag(marks.at(at)) && isCapital(line.tokens[at]?.text)) return at
  return line.tokens.length
}

/** The title stops before the bracket in which the first tag stands. */
function bracketStart(line: Line, start: number, end: number): number {
  const bracket = outermost(line.tokens[end]?.bracket)
  if (bracket === undefined || bracket === outermost(line.tokens[start]?.bracket)) return end
  let first = end
  while (first > start + 1 && outermost(line.tokens[first - 1]?.bracket) === bracket) first--
  return first
}

/** Words before the first sure tag that are tags too because of their neighbour. */
function belongsToTags(line: Line, marks: Marks, start: number, end: number): boolean {
  const at = end - 1
  const mark = marks.at(at)
  const before = (mark?.from ?? at) - 1
  const next = marks.at(end)
  const token = line.tokens[at]
  if (token === undefined || next === undefined || before < start || CONNECTORS.has(line.tokens[before]?.key ?? '')) return false
  if (mark === undefined) return ORDINAL.test(token.key) && next.meanings.some(({ value }) => value === 'anniversary')
  if (mark.belief === 'touching')
    return (
      !isWord(mark) || next.kind !== 'year' || isCapital(token.text) || (isScene(line) && isLanguage(mark) && !isRepeated(line, token, end))
    )
  return mark.belief === 'after' && next.kind === 'tag' && isCapital(token.text) && token.text.length > 1
}

/** "The.Old.German.2006.GERMAN": the language is told behind, so the first one is the title's. */
function isRepeated(line: Line, token: Token, from: number): boolean {
  return line.tokens.slice(from).some(({ key }) => key === token.key)
}

/** "Title.German.2004.AC3": releases with dots name the language there, whatever its letters. */
function isScene(line: Line): boolean {
  return !line.text.includes(' ')
}

function isLanguage(mark: Mark): boolean {
  return mark.meanings.some(({ field }) => field === 'language')
}

/** Languages and "Web" are words of titles as well. */
function isWord(mark: Mark): boolean {
  return isLanguage(mark) || mark.meanings.some(({ field }) => field === 'source')
}

function isCapital(text = ''): boolean {
  return /^[^\p{Ll}]{0,100}$/u.test(text) ? /\p{Lu}/u.test(text) : /\p{L}\p{Lu}/u.test(text)
}
