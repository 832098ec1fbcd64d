import type { Mark } from '../marks.js'
import type { Name, Place } from './bare-numbers.js'
import { behind, matchAt, run } from './number-fact.js'
import { COUNT } from './words.js'

const SEASONAL = /^(0[1-9]|[1-9]\d?)(\d[1-9]|[1-9]0)$/
const LAST_PAIR = /^(0[1-9]|[12]\d)[ ._](\d{2})$/
const MORE_PARTS = /[ ._](?:and|&)[ ._](?:part[ ._])?(\d{1,2})(?!\d)/iy
const LEADING = /^(\d{2,3})(?:-(\d{2,3}))?(?: - |-|\. | )(?=[a-zà-ɏЀ-ӿ])/i
const LEADING_PAIR = /^\[?(\d{1,2})[-.](\d{2})(?:\]|\.) ?(?=[a-zà-ɏЀ-ӿ])/i

/** Numbers of names that have no other: "title.305.hdtv", "Title Part 2 HDTV", "03 - Name". */
export function otherNumber(name: Name): Place | undefined {
  return seasonalNumber(name) ?? beforeSource(name) ?? partNumber(name) ?? leadingNumber(name)
}

/** "title.305.hdtv": season and episode in one number, right before what television releases have behind it. */
function seasonalNumber(name: Name): Place | undefined {
  if (name.grouped) return undefined
  for (let at = name.start + 1; at < name.line.tokens.length; at++) {
    const match = SEASONAL.exec(name.line.tokens[at]?.text ?? '')
    if (!match || name.marks.at(at) || !(match[0].startsWith('0') || beforeTelevision(name, at))) continue
    return { from: at, fact: { seasons: [Number(match[1])], episodes: [Number(match[2])], to: at + 1 } }
  }
  return undefined
}

function numberOf(word: string): string {
  const index = COUNT.indexOf(word)
  return index < 0 ? word : String(index + 1)
}

function beforeTelevision({ line, marks }: Name, at: number): boolean {
  if (at === line.tokens.length - 2 && line.tokens[at + 1]?.gap === '-') return line.tokens[at]?.text.length === 4
  for (let next = at + 1; next < at + 4 && marks.at(next)?.kind === 'tag'; next++) if (isTelevision(marks.at(next))) return true
  return false
}

/** "Title.13.HDTV": two figures right before a television source. */
function beforeSource({ line, marks, start, grouped }: Name): Place | undefined {
  if (grouped || marks.some(({ kind }) => kind === 'year')) return undefined
  const at = line.tokens.findIndex(
    ({ text }, index) => index > start && /^\d{2}$/.test(text) && !marks.at(index) && isTelevision(marks.at(index + 1)),
  )
  return at < 0 ? undefined : { from: at, fact: { episodes: [Number(line.tokens[at]?.key)], to: at + 1 } }
}

/** "title_03_19": season and episode at the very end. */
export function lastPair({ line, marks, start }: Name): Place | undefined {
  const from = line.tokens.length - 2
  const match = from > start && marks.free(0, from + 2) ? LAST_PAIR.exec(line.text.slice(line.tokens[from]?.start)) : null
  return match ? { from, fact: { seasons: [Number(match[1])], episodes: [Number(match[2])], to: from + 2 } } : undefined
}

function isTelevision(mark: Mark | undefined): boolean {
  return mark?.meanings.some(({ field, value }) => field === 'source' && (value === 'hdtv' || value === 'tv')) === true
}

function isStream(mark: Mark): boolean {
  return mark.meanings.some(({ field, value }) => field === 'source' && value.startsWith('web'))
}

/** "Title Part 2 HDTV": the parts of a mini series; films keep theirs in the title, and tell their year. */
function partNumber({ line, marks, start, grouped }: Name): Place | undefined {
  const isSeries = marks.some(isTelevision) || (marks.some(isStream) && !marks.some(({ kind }) => kind === 'year'))
  if (grouped || !isSeries) return undefined
  for (let at = start + 1; at < line.tokens.length - 1; at++) {
    const glued = /^(?:part|pt)(\d{1,2})$/.exec(line.tokens[at]?.key ?? '')
    if (glued && marks.at(at + 1)?.kind === 'tag') return { from: at, fact: { episodes: [Number(glued[1])], to: at + 1 } }
    const number = numberOf(line.tokens[at + 1]?.key ?? '')
    if (!/^(?:part|pt)$/.test(line.tokens[at]?.key ?? '') || !/^\d{1,2}$/.test(number) || marks.at(at + 1)) continue
    const more = matchAt(MORE_PARTS, line.text, line.tokens[at + 1]?.end ?? 0)
    const to = more ? behind(line, at + 1, more) : at + 2
    if (marks.at(to)?.kind === 'tag') return { from: at, fact: { episodes: run(Number(number), Number(more?.[1] ?? number)), to } }
  }
  return undefined
}

/** "03", "03-Title", "01 - Name", "11-02 Name", "[5.01] Name" where nothing else is told. */
function leadingNumber({ line, marks, grouped }: Name): Place | undefined {
  if (marks.some(({ kind, belief }) => kind === 'year' || belief === 'anywhere')) return undefined
  if (/^\d{2}$/.test(line.text)) return { from: 0, fact: { episodes: [Number(line.text)], to: 1 } }
  const pair = LEADING_PAIR.exec(line.text)
  if (pair) return { from: 0, fact: { seasons: [Number(pair[1])], episodes: [Number(pair[2])], to: 2 } }
  const match = grouped ? null : LEADING.exec(line.text)
  if (!match) return undefined
  const first = Number(match[1])
  if (match[2] === undefined)
    return /[-.]/.test(match[0]) || match[1]?.startsWith('0') ? { from: 0, fact: { episodes: [first], to: 1 } } : undefined
  const second = Number(match[2])
  return {
    from: 0,
    fact: match[2].length === 3 ? { episodes: run(first, second), to: 2 } : { seasons: [first], episodes: [second], to: 2 },
  }
}
