import type { Mark, Marks } from './marks.js'
import type { Line } from './tokens.js'

const SOFTSUBS = /softsubs? \(([^()]{1,40})\)/i
const YTS = /[\s_.[-](YTS[. ](?:AM|AG|LT|MX|ME|PE|RE|BZ))\]?$/i
const HYPHEN = /^[\s_.)\]]{0,4}[-–][\s_.]?([^\s_.()[\]{}]{1,40})$/u
const SEVERAL_WORDS = /^\s?[-–]\s?([\p{Lu}\d]{1,20}(?: [\p{Lu}\d]{1,20}){1,2})$/u
const TWO_NAMES = /^ - ([^\s_.()[\]{}-]{1,30}) - [^\s_.()[\]{}-]{1,30}$/u
const HOST_GROUP = /^-([\p{L}\d]{2,30})\.([\p{L}\d]{2,6})$/u
const TOP_LEVEL = /^(?:nu|org|com|net|info|to|tv|me|cc|ws|site|in)$/i
const IN_BRACKET = /[\s_.]([^\s_.()[\]{}]{2,40})$/u
const SECOND_WORD = /^\.[^\s_.()[\]{}-]{2,20}\.([^\s_.()[\]{}-]{2,20})$/u
const LAST_HYPHEN = /[-–]\s?([^\s_.()[\]{}-]{1,40})$/u
const SOLE_WORD = /^[)\]]?[\s_.]{1,3}([^\s_.()[\]{}]{2,40})$/u
const BY = /[\s_.-]by[\s_.]([^\s_.()[\]{}]{2,40})$/iu
const HOST = /^[\s_.]{1,2}([\p{L}\d-]{2,30}\.(?:org|com|net|info)|YTS[. ][a-z]{2})$/iu

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

interface Found {
  /** Right behind a hyphen. */
  hyphen?: string
  /** With a hyphen somewhere near. */
  near?: string
  /** At the end of a bracket with tags: "(1080p x265 GROUP)". */
  inner?: string
  word?: string
}

/** Steps over the brackets at the end, collecting what might be a group in them. */
function outsideBrackets(tail: Tail, bracketed: string[]): Found {
  const { line, marks, end } = tail
  for (let rounds = 0; rounds < 5; rounds++) {
    const bracket = line.tokens[tail.last]?.bracket ?? -1
    if (tail.last < end || bracket < 0) break
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

function readTail(tail: Tail, inBracket: boolean): Found {
  const last = skipRemarks(tail)
  const skipped = last < tail.last
  const first = runStart(tail, last)
  if (first > last || first <= tail.end - (inBracket ? 0 : 1)) return {}
  const rest = tail.line.text.slice(tail.line.tokens[first - 1]?.end, tail.line.tokens[last]?.end)
  const behindNumber = tail.marks.at(first - 1)?.kind === 'number'
  if (behindNumber && !/^-[^\s]{1,40}$/.test(rest)) return {}
  const by = BY.exec(rest)?.[1]
  if (by) return { near: by }
  const host = HOST_GROUP.exec(rest)
  if (host) return { hyphen: TOP_LEVEL.test(host[2] ?? '') ? host[1] : `${host[1]}.${host[2]}` }
  const hyphen = (HYPHEN.exec(rest) ?? SEVERAL_WORDS.exec(rest) ?? TWO_NAMES.exec(rest))?.[1]
  if (hyphen || skipped) return hyphen ? { hyphen } : {}
  const sole = HOST.exec(rest)?.[1]
  if (sole) return { near: sole }
  const word = (SOLE_WORD.exec(rest) ?? SECOND_WORD.exec(rest))?.[1]
  if (word?.includes('-') && !/^[)\]]? /.test(rest)) return { near: word }
  const behind = word === undefined ? LAST_HYPHEN.exec(rest)?.[1] : undefined
  if (behind) return { near: behind }
  const lone = inBracket ? IN_BRACKET.exec(rest)?.[1] : word?.split('-').at(-1)
  return lone && tail.marks.at(first - 1)?.kind !== 'year' ? { word: lone } : {}
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
  const repeated =
    mark.meanings.some(({ field }) => field === 'source') &&
    marks.all().some((other) => other.from < at && other.meanings.some(({ field }) => field === 'source'))
  return (
    repeated ||
    (mark.belief !== 'anywhere' && mark.meanings.every(({ field }) => field === 'noise' || field === 'language' || field === 'edition'))
  )
}
