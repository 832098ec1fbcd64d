import type { Line } from '../tokens.js'
import { behind, matchToken, type NumberFact } from './number-fact.js'
import { MONTHS } from './words.js'

const NAMES = MONTHS.join('|')
const YEAR_FIRST = /(?<year>(?:19|20)\d{2})(?<sign>[ ._-])(?<month>\d{2})\k<sign>(?<day>\d{2})(?!\d)/y
const YEAR_X = /(?<year>(?:19|20)\d{2})x(?<month>\d{2})\.(?<day>\d{2})(?!\d)/iy
const YEAR_LAST = /(?<day>\d{1,2})(?<sign>[ ._-])(?<month>\d{1,2})\k<sign>(?<year>(?:19|20)\d{2})(?!\d)/y
const DIGITS = /(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})(?![\da-zà-ɏЀ-ӿ])/iy
const DAY_MONTH = new RegExp(
  `(?<day>\\d{1,2})(?:st|nd|rd|th)?[ ._-]{1,2}(?<month>${NAMES})[a-z]{0,6}[ ._-]{1,2}(?<year>\\d{4}|\\d{2})(?!\\d)`,
  'iy',
)
const MONTH_DAY = new RegExp(
  `(?<month>${NAMES})[a-z]{0,6}[ ._-]{1,2}(?<day>\\d{1,2})(?:st|nd|rd|th)?,?[ ._-]{1,2}(?<year>\\d{4})(?!\\d)`,
  'iy',
)
const SHORT = /(?<year>\d{2})(?<sign>[ ._])(?<month>\d{2})\k<sign>(?<day>\d{2})(?![ ._-]?\d)/y
const SHORT_DIGITS = /(?<year>[012]\d)(?<month>0[1-9]|1[0-2])(?<day>[0-3]\d)(?=\.(?:\d{3,4}[pi]|hdtv|web))/iy
/** What all of them that begin with a figure have in common; most figures are no dates. */
const MAY_BE_DATE = /\d{8}|\d{6}\.|\d{1,4}[ ._x-]\d{1,2}[ ._-]\d|\d{1,2}(?:st|nd|rd|th)?[ ._-]{1,2}[a-z]{3}/iy
const FORMS = [YEAR_FIRST, YEAR_X, YEAR_LAST, DIGITS, DAY_MONTH]
const LATER_FORMS = [...FORMS, SHORT, SHORT_DIGITS]

/** The day of a daily show, in the orders that are in use; two figures for the year only where words stand before. */
export function readDate(line: Line, at: number): NumberFact | undefined {
  if (!matchToken(MAY_BE_DATE, line, at)) return undefined
  for (const form of at === 0 ? FORMS : LATER_FORMS) {
    const fact = dateIn(form, line, at)
    if (fact) return fact
  }
  return undefined
}

/** "January 31, 2024" */
export function readMonthFirst(line: Line, at: number): NumberFact | undefined {
  return dateIn(MONTH_DAY, line, at)
}

function dateIn(form: RegExp, line: Line, at: number): NumberFact | undefined {
  const match = matchToken(form, line, at)
  if (!match) return undefined
  const { year = '', month = '', day = '' } = match.groups ?? {}
  const date = dayOf(year, monthOf(month), day) ?? (form === DIGITS || form === SHORT ? undefined : dayOf(year, day, month))
  return date ? { date, to: behind(line, at, match) } : undefined
}

function monthOf(name: string): string {
  const index = MONTHS.indexOf(name.toLowerCase())
  return index < 0 ? name : String(index + 1)
}

function dayOf(year: string, month: string, day: string): string | undefined {
  if (!(Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31)) return undefined
  const full = year.length === 2 ? `20${year}` : year
  return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
