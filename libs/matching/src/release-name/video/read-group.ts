import { type GroupWords, groupWords } from './group-words.js'
import type { Mark, Marks } from './marks.js'
import type { Line } from './tokens.js'

const SOFTSUBS = /softsubs? \(([^()]{1,40})\)/i
const YTS = /[\s_.[-](YTS[. ](?:AM|AG|LT|MX|ME|PE|RE|BZ))\]?$/i

interface Tail {
  line: Line
  marks: Marks
  /** First token behind the title. */
  end: number
  /** Last token that is still looked at. */
  last: number
}

/** Who made the release: behind the last hyphen, in the first bracket, or at the end. */
export function readGroup(line: Line, marks: Marks, end: number, lead: string | undefined): string | undefined {
  const named = (SOFTSUBS.exec(line.text) ?? YTS.exec(line.text))?.[1]
  if (named) return named
  const bracketed: string[] = []
  const tail: Tail = { line, marks, end, last: line.tokens.length - 1 }
  const outside = outsideBrackets(tail, bracketed)
  return outside.hyphen ?? lead ?? outside.near ?? outside.inner ?? bracketed[0] ?? outside.word
}

interface Found extends GroupWords {
  /** At the end of a bracket with tags: "(1080p x265 GROUP)". */
  inner?: string
}

/** Steps over the brackets at the end, collecting what might be a group in them. */
function outsideBrackets(tail: Tail, bracketed: string[]): Found {
  const { line, marks, end } = tail
  for (let rounds = 0; rounds < 5; rounds++) {
    const bracket = line.tokens[tail.last]?.bracket
    if (tail.last < end || bracket === undefined) break
    let first = tail.last
    while (first > end && line.tokens[first - 1]?.bracket === bracket) first--
    if (marks.free(first, tail.last + 1) || (first === tail.last && isVague(marks.at(first)))) addSole(line, first, tail.last, bracketed)
    else {
      const found = readTail({ ...tail, end: first }, true)
      const inner = found.hyphen ?? found.near ?? found.word
      if (inner) return { inner }
    }
    tail.last = first - 1
  }
  return readTail(tail, false)
}

/** A word that is a tag only beside others. */
function isVague(mark: Mark | undefined): boolean {
  return mark?.belief === 'after' && mark.meanings.every(({ field }) => field === 'noise')
}

function addSole(line: Line, first: number, last: number, bracketed: string[]): void {
  const text = line.text.slice(line.tokens[first]?.start, line.tokens[last]?.end)
  if (/^[^\s]{2,30}$/.test(text) && /\p{L}/u.test(text)) bracketed.push(text)
}

function readTail(tail: Tail, bracket: boolean): GroupWords {
  const { line, marks } = tail
  const last = skipRemarks(tail)
  const first = runStart(tail, last)
  if (first > last || first <= tail.end - (bracket ? 0 : 1)) return {}
  const rest = line.text.slice(line.tokens[first - 1]?.end, line.tokens[last]?.end)
  const found = groupWords(rest, { bracket, kind: marks.at(first - 1)?.kind })
  return last < tail.last ? { hyphen: found.hyphen } : found
}

/** Behind the group may stand a language or a remark about subtitles: "-GROUP.English". */
function skipRemarks({ line, marks, end, last }: Tail): number {
  let at = last
  while (at > end && isRemark(marks.at(at)) && !isGroupLike(line, marks, at)) at--
  return isGroupLike(line, marks, at) || marks.at(at) === undefined ? at : last
}

function isRemark(mark: Mark | undefined): boolean {
  return mark?.meanings.some(({ field, value }) => field === 'language' || field === 'noise' || value === 'subtitles') === true
}

/** First token of the words without a mark that end at `last`. */
function runStart({ line, marks, end }: Tail, last: number): number {
  let first = last + 1
  while (first > end && line.tokens[first - 1]?.bracket === line.tokens[last]?.bracket) {
    const open = marks.at(first - 1) === undefined || (first === last + 1 && isGroupLike(line, marks, last))
    if (!open) break
    first--
  }
  return first
}

/** A word of the tables can be a group's name too: right behind the only hyphen at the end. */
function isGroupLike(line: Line, marks: Marks, at: number): boolean {
  const mark = marks.at(at)
  if (mark === undefined || mark.kind !== 'tag' || mark.to - mark.from > 1 || !/^[\s_.)\]]{0,2}-$/.test(line.tokens[at]?.gap ?? ''))
    return false
  if (marks.at(at - 1)?.kind !== 'tag' && marks.at(at - 1)?.kind !== 'year') return false
  if (line.tokens[at]?.bracket !== undefined && mark.meanings.some(({ field }) => field === 'language')) return false
  const repeated =
    mark.meanings.some(({ field }) => field === 'source') &&
    marks.some((other) => other.from < at && other.meanings.some(({ field }) => field === 'source'))
  return (
    repeated ||
    (mark.belief !== 'anywhere' && mark.meanings.every(({ field }) => field === 'noise' || field === 'language' || field === 'edition'))
  )
}
