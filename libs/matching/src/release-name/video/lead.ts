import type { Marks } from './marks.js'
import { isForeign } from './scripts.js'
import { type Line, outermost } from './tokens.js'

/** Where the title begins, and the group that stands in a bracket before it. */
export interface Lead {
  start: number
  group?: string
  /** It began with a bracket, as names of anime do. */
  grouped: boolean
}

/** What a title does not begin with. */
const TECHNICAL = new Set(['quality', 'source', 'codec', 'audio', 'hdr', 'depth'])

/** Steps over what stands before the title: groups and tags in brackets, numbers of lists, tags. */
export function readLead(line: Line, marks: Marks): Lead {
  const lead: Lead = { start: listNumber(line), grouped: false }
  for (let rounds = 0; rounds < 4 && stepOver(line, marks, lead); rounds++);
  while (isSureTag(marks, lead.start)) lead.start = marks.at(lead.start)?.to ?? lead.start + 1
  if (lead.start >= line.tokens.length) return { ...lead, start: 0 }
  return titleIsBracket(line, marks, lead) ?? { ...lead, start: latinStart(line, marks, lead.start) }
}

/** "12 [Group] Title", "210304 Title": the number of a list, the day of a broadcast. */
function listNumber({ tokens }: Line): number {
  const [first, second] = tokens
  if (first === undefined || second === undefined) return 0
  if (/^\d{2}(?:0\d|1[0-2])[0-3]\d$/.test(first.text) && second.gap === ' ') return 1
  return /^\d{1,4}$/.test(first.text) && second.gap === ' [' && second.bracket?.square ? 1 : 0
}

/** True where a bracket was no part of the title. */
function stepOver(line: Line, marks: Marks, lead: Lead): boolean {
  const bracket = outermost(line.tokens[lead.start]?.bracket)
  if (bracket === undefined) return false
  const to = line.tokens.findIndex(({ start }) => start >= bracket.end)
  if (to < 0) return false
  const open = !isMarked(marks, lead.start, to) || (lead.start === 0 && to === 1 && isVague(marks))
  const number = bracket.square && lead.start === 0 && to === 1 && /^\d{1,4}$/.test(line.tokens[lead.start]?.key ?? '')
  const isGroup = open && lead.group === undefined && bracket.square && !number
  if (open && !isGroup && !number && (!bracket.square || line.tokens[to]?.bracket !== undefined)) return false
  if (isGroup) lead.grouped = true
  if (isGroup) lead.group = line.text.slice(bracket.start, bracket.end).trim()
  lead.start = to
  return true
}

function isMarked(marks: Marks, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (marks.at(at) === undefined) return false
  return true
}

/** A single word that is a tag only elsewhere: a group may be called so. */
function isVague(marks: Marks): boolean {
  const mark = marks.at(0)
  return mark?.kind === 'tag' && mark.belief === 'after'
}

function isSureTag(marks: Marks, at: number): boolean {
  const mark = marks.at(at)
  return mark?.kind === 'tag' && mark.belief === 'anywhere' && mark.meanings.some(({ field }) => TECHNICAL.has(field))
}

/** "[Title].31.[Xvid]": nothing but a number stands outside. */
function titleIsBracket(line: Line, marks: Marks, lead: Lead): Lead | undefined {
  const token = line.tokens[lead.start]
  const next = line.tokens[lead.start + 1]
  const bracket = token?.bracket
  const alone = bracket === undefined || (bracket.start === token?.start && bracket.end === token.end)
  const numberOnly = token !== undefined && alone && /^\d{1,4}$/.test(token.key) && next !== undefined && next.bracket !== undefined
  const yearOnly = /^(?:19|20)\d\d$/.test(token?.key ?? '') && marks.at(lead.start + 1)?.kind === 'tag'
  return lead.group !== undefined && (numberOnly || yearOnly) && marks.at(lead.start) === undefined
    ? { start: 0, grouped: true }
    : undefined
}

/** Where the first name is in another script and one in Latin letters follows in a bracket of its own, that one is the title. */
function latinStart(line: Line, marks: Marks, start: number): number {
  const keyOf = (at: number) => line.tokens[at]?.key ?? ''
  if (!isForeign(keyOf(start))) return start
  let first = start
  for (let at = start; at < line.tokens.length && marks.at(at)?.belief !== 'anywhere'; at++) {
    if (line.tokens[at]?.bracket !== line.tokens[at - 1]?.bracket) first = at
    if (/[a-z]{2}/.test(keyOf(at)) && !isForeign(keyOf(at)) && marks.at(at) === undefined) return at === start ? start : first
  }
  // "[新番]", a show of this season, stands before the name.
  return keyOf(start).includes('新番') && start + 1 < line.tokens.length ? start + 1 : start
}
