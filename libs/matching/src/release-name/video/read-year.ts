import type { Marks } from './marks.js'
import type { Line } from './tokens.js'

const YEAR = /^(?:19|20)\d\d$/

/** Marks the year of the release and returns it; a number with which the title begins is the title's. */
export function readYear(line: Line, marks: Marks, start: number): number | undefined {
  const found = pick(line, marks, start)
  if (found === undefined) return undefined
  marks.add({ from: found, to: found + (isRange(line, marks, found) ? 2 : 1), kind: 'year', belief: 'anywhere', meanings: [] })
  return Number(line.tokens[found]?.key)
}

/** "1981-2001", "1981 - 2001", "1981-85"; what stands behind " - " with two figures is an episode. */
function isRange(line: Line, marks: Marks, at: number): boolean {
  const { key = '', gap = '' } = line.tokens[at + 1] ?? {}
  if (marks.at(at + 1) !== undefined) return false
  return isYear(key) ? /^ ?[-–] ?$/.test(gap) : /^\d\d$/.test(key) && /^[-–]$/.test(gap)
}

function pick(line: Line, marks: Marks, start: number): number | undefined {
  const years: number[] = []
  for (let at = 0; at < line.tokens.length; at++) if (isYear(line.tokens[at]?.key ?? '') && !marks.at(at)) years.push(at)
  const anchor = firstSure(line, marks, start)
  const before = years.filter((at) => at > start && at < anchor && !isRangeEnd(line, at))
  const bracketed = before.find((at) => inBracket(line, at))
  if (before.length > 0) return bracketed ?? before.at(-1)
  return years.find((at) => at > anchor && isBetweenTags(line, marks, at)) ?? leading(line, marks, start)
}

/** "1984 Name of the film": only where nothing else tells the year and words follow. */
function leading(line: Line, marks: Marks, start: number): number | undefined {
  const numbered = marks.some(({ kind }) => kind === 'number')
  const words = inBracket(line, start) ? 2 : 3
  return !numbered && isYear(line.tokens[start]?.key ?? '') && marks.free(start, start + words) && start + words <= line.tokens.length
    ? start
    : undefined
}

function isYear(key: string): boolean {
  return key.length === 4 && YEAR.test(key) && Number(key) < 2050
}

function isRangeEnd(line: Line, at: number): boolean {
  return /^ ?[-–] ?$/.test(line.tokens[at]?.gap ?? '') && isYear(line.tokens[at - 1]?.key ?? '')
}

function inBracket(line: Line, at: number): boolean {
  return line.tokens[at]?.bracket !== undefined
}

/** First token behind the title's first that surely is no part of a title. */
function firstSure(line: Line, marks: Marks, start: number): number {
  for (let at = start; at < line.tokens.length; at++) if (marks.at(at)?.belief === 'anywhere') return at
  return line.tokens.length
}

function isBetweenTags(line: Line, marks: Marks, at: number): boolean {
  if (inBracket(line, at)) return true
  const next = line.tokens[at + 1]
  return marks.at(at - 1) !== undefined && (next === undefined || marks.at(at + 1) !== undefined || next.bracket !== undefined)
}
