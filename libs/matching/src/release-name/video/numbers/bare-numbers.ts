import type { Mark, Marks } from '../marks.js'
import { hasDigit, type Line } from '../tokens.js'
import { moreEpisodes } from './more-numbers.js'
import { matchAt, type NumberFact, run, tokenFrom } from './number-fact.js'

export interface Name {
  line: Line
  marks: Marks
  /** First token of the title. */
  start: number
  /** A name that starts with its group in a bracket, as anime has it. */
  grouped: boolean
}

export interface Place {
  from: number
  fact: NumberFact
}

const NUMBER = /^#?(\d{1,4})(?:v\d|[a-d])?\+?$/i
const EXTRA = /^(?:ova|oad|ona|sp|special|specials|ncop|nced)$/
const NUMBERED_EXTRA = /^(?:ova|oad|ona|sp|ncop|nced|op|ed|pv)(\d{1,2})$/
const RANGE = /(\d{1,4})(?:v\d)?[ ._]{0,2}[-~&,][ ._]{0,2}(\d{1,4})(?:v\d)?(?![\da-zà-ɏЀ-ӿ])/iy
const DASHED = /[\s_.)\]】][-–—~:][\s_.]|^:?\s[-–—~]\s$/
const ENDINGS = /^(?:end|final|finale|fin|v\d|ova|oad|完)$/
const FILMS = /^(?:movies?|films?|part|vol|volume)$/

/** Numbers that are episodes only by their place: "Title - 05", "[05]", "Title 05 [720p]". */
export function bareNumber(name: Name): Place | undefined {
  const places = placesOf(name)
  const first = (test: Test) => places.find((place) => test(name, place))
  return (
    first(isBehindSeason) ??
    first(isDashed) ??
    first(isBracketed) ??
    first(isRange) ??
    places.findLast((place) => isAfterTitle(name, place)) ??
    first(isPadded)
  )
}

type Test = (name: Name, place: Place) => boolean

/** Every number that could be an episode's. */
function placesOf(name: Name): Place[] {
  const places: Place[] = []
  for (let at = name.start + 1; at < name.line.tokens.length; at++) {
    const fact = numberAt(name, at)
    if (fact) places.push({ from: at, fact })
  }
  return places
}

function numberAt({ line, marks, grouped }: Name, at: number): NumberFact | undefined {
  const token = line.tokens[at]
  if (token === undefined || !hasDigit(token.text)) return undefined
  const extra = grouped ? NUMBERED_EXTRA.exec(token.key) : null
  if (extra) return { episodes: [Number(extra[1])], to: at + 1 }
  const match = NUMBER.exec(token.text)
  const before = line.tokens[at - 1]?.key ?? ''
  if (!match || !mayBeNumber(marks.at(at), token.gap) || FILMS.test(before) || (token.gap === '.' && /^\d{1,4}$/.test(before)))
    return undefined
  if (/^\.5(?:v\d)?(?=[ _)\]])/.test(line.text.slice(token.end, token.end + 5)) && DASHED.test(token.gap)) return { to: at + 2 }
  const first = Number(match[1])
  const tight = moreEpisodes(line.text, first, token.start + match[0].replace('+', '').length)
  if (tight.numbers.length > 1) return { episodes: tight.numbers, absolute: first, to: behindEnding(line, tokenFrom(line, at, tight.end)) }
  const range = matchAt(RANGE, line.text, token.start)
  const last = Number(range?.[2] ?? first)
  if (!range || last <= first) return { episodes: [first], absolute: first, to: behindEnding(line, at + 1) }
  return { episodes: run(first, last), absolute: first, to: behindEnding(line, tokenFrom(line, at, token.start + range[0].length)) }
}

/** "12 END" belongs together, also in a bracket. */
function behindEnding(line: Line, to: number): number {
  const next = line.tokens[to]
  return next && next.gap === ' ' && ENDINGS.test(next.key) ? to + 1 : to
}

/** "1080" without its letter can be an episode. */
function mayBeNumber(mark: Mark | undefined, gap: string): boolean {
  return mark === undefined || (DASHED.test(gap) && mark.belief === 'after' && mark.meanings.some(({ field }) => field === 'quality'))
}

/** "2nd Season 24 [720p]" */
function isBehindSeason(name: Name, { from, fact }: Place): boolean {
  return name.marks.at(from - 1)?.kind === 'number' && /^[\s_.]{1,3}$/.test(name.line.tokens[from]?.gap ?? '') && ends(name, fact.to)
}

function isDashed(name: Name, { from, fact }: Place): boolean {
  const gap = name.line.tokens[from]?.gap ?? ''
  const colon = name.line.tokens[from - 1]?.text.endsWith(':')
  return (colon || DASHED.test(gap)) && ends(name, fact.to)
}

/** "[05]", "(001-220)", "[12 END]". */
function isBracketed({ line }: Name, { from, fact }: Place): boolean {
  const bracket = line.tokens[from]?.bracket
  if (bracket === undefined || line.tokens[from]?.start !== bracket.start) return false
  return line.tokens[fact.to - 1]?.end === bracket.end
}

function isRange(name: Name, { from, fact }: Place): boolean {
  return name.grouped && fact.to > from + 1
}

/** "[Group] Title 05 [720p]": the last number before tags, with two figures at least. */
function isAfterTitle(name: Name, { from, fact }: Place): boolean {
  const token = name.line.tokens[from]
  if (!name.grouped || token === undefined || token.bracket !== undefined) return false
  const extra = NUMBERED_EXTRA.test(token.key) || EXTRA.test(name.line.tokens[from - 1]?.key ?? '')
  if (!extra && !/^#?\d\d/.test(token.text)) return false
  if (name.marks.at(fact.to)?.kind === 'number') return false
  return ends(name, fact.to) || token.text.startsWith('0')
}

/** "Title 05 Name": a zero before the figure tells an episode, unless a film's year follows; so does a version behind it. */
function isPadded({ line, marks }: Name, { from, fact }: Place): boolean {
  const token = line.tokens[from]
  if (/^\d{2,4}v\d$/.test(token?.text ?? '')) return true
  if (fact.to === line.tokens.length - 1 && /^\d{2}$/.test(line.tokens[fact.to]?.text ?? '')) return false
  if (token?.gap === '-' && /^\d{1,4}$/.test(line.tokens[from - 1]?.key ?? '')) return false
  if (
    !/^0(?:[1-9]|[1-9]\d|0[1-9])(?:v\d)?$/.test(token?.text ?? '') ||
    /^\.\d(?!\d)/.test(line.text.slice(token?.end, (token?.end ?? 0) + 3))
  )
    return false
  return !marks.some((mark) => mark.kind === 'year' && mark.from >= fact.to)
}

function ends({ line, marks }: Name, to: number): boolean {
  const next = line.tokens[to]
  const last = line.tokens[to - 1]
  if (next === undefined || marks.at(to)?.kind === 'tag' || ENDINGS.test(next.key)) return true
  return next.bracket !== last?.bracket || /[\s_.][-–—~][\s_.]/.test(next.gap)
}
