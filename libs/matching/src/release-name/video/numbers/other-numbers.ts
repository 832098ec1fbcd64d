import type { Mark } from '../marks.js'
import type { Name, Place } from './bare-numbers.js'
import { run } from './number-fact.js'

const SEASONAL = /^(0[1-9]|[1-9]\d?)(\d[1-9]|[1-9]0)$/
const LEADING = /^(\d{2,3})(?:-(\d{2,3}))?(?: - |-|\. | )(?=\p{L})/u
const LEADING_PAIR = /^\[?(\d{1,2})[-.](\d{2})(?:\]|\.) ?(?=\p{L})/u

/** Numbers of names that have no other: "title.305.hdtv", "Title Part 2 HDTV", "03 - Name". */
export function otherNumber(name: Name): Place | undefined {
  return seasonalNumber(name) ?? partNumber(name) ?? leadingNumber(name)
}

/** "title.305.hdtv": season and episode in one number, right before what television releases have behind it. */
function seasonalNumber(name: Name): Place | undefined {
  if (name.grouped) return undefined
  for (let at = name.start + 1; at < name.line.tokens.length; at++) {
    const match = SEASONAL.exec(name.line.tokens[at]?.text ?? '')
    if (!match || name.marks.at(at) || !beforeTelevision(name, at)) continue
    return { from: at, fact: { seasons: [Number(match[1])], episodes: [Number(match[2])], to: at + 1 } }
  }
  return undefined
}

function beforeTelevision({ line, marks }: Name, at: number): boolean {
  if (at === line.tokens.length - 2 && line.tokens[at + 1]?.gap === '-') return line.tokens[at]?.text.length === 4
  return isTelevision(marks.at(at + 1))
}

function isTelevision(mark: Mark | undefined): boolean {
  return mark?.meanings.some(({ field, value }) => field === 'source' && (value === 'hdtv' || value === 'tv')) === true
}

/** "Title Part 2 HDTV": the parts of a mini series; films keep theirs in the title. */
function partNumber({ line, marks, start, grouped }: Name): Place | undefined {
  if (grouped || !marks.all().some(isTelevision)) return undefined
  for (let at = start + 1; at < line.tokens.length - 1; at++) {
    const number = line.tokens[at + 1]?.key ?? ''
    if (!/^(?:part|pt)$/.test(line.tokens[at]?.key ?? '') || !/^\d{1,2}$/.test(number) || marks.at(at + 1)) continue
    if (marks.at(at + 2)?.kind === 'tag') return { from: at, fact: { episodes: [Number(number)], to: at + 2 } }
  }
  return undefined
}

/** "03-Title", "01 - Name", "11-02 Name", "[5.01] Name" where nothing else is told. */
function leadingNumber({ line, marks, grouped }: Name): Place | undefined {
  if (marks.all().some(({ kind, belief }) => kind === 'year' || belief === 'anywhere')) return undefined
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
