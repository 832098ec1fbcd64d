import type { Mark, Marks } from './marks.js'
import { readForm } from './tag-forms.js'
import { type Line, sideBySide } from './tokens.js'
import { longestFrom, type Meaning, meaningsOf } from './vocabulary.js'

/** Marks every phrase of the tables and every tag that is told by its form; numbers marked before stay. */
export function markTags(line: Line, marks: Marks): void {
  for (let at = 0; at < line.tokens.length; ) {
    const found = marks.at(at) ? undefined : (phraseAt(line, marks, at) ?? formAt(line, marks, at))
    if (found) marks.add(found)
    at = Math.max(at + 1, found?.to ?? 0)
  }
}

function phraseAt(line: Line, marks: Marks, from: number): Mark | undefined {
  const key = line.tokens[from]?.key ?? ''
  for (let count = Math.max(longestFrom(key), key.endsWith('+') ? 1 : 0); count > 0; count--) {
    if (!marks.free(from, from + count) || !sideBySide(line, from, count)) continue
    const meanings = lookUp(line, from, count)
    if (meanings) return toMark(from, withChannels(line, from + count, meanings), meanings)
  }
  return undefined
}

function lookUp(line: Line, from: number, count: number): Meaning[] | undefined {
  let phrase = line.tokens[from]?.key ?? ''
  for (let at = from + 1; at < from + count; at++) phrase += ` ${line.tokens[at]?.key}`
  const known = meaningsOf(phrase)
  if (known) return known
  if (phrase.endsWith('+')) return meaningsOf(phrase.replaceAll('+', ''))
  const sound = count > 1 && /[1-9]$/.test(phrase) ? meaningsOf(phrase.slice(0, -1)) : undefined
  return sound?.some(({ field }) => field === 'audio') ? sound : undefined
}

/** A tag of numbers, or several tags in one word. */
function formAt(line: Line, marks: Marks, from: number): Mark | undefined {
  const form = readForm(line, from)
  if (form === undefined || !marks.free(from, form.to)) return undefined
  return toMark(from, withChannels(line, form.to, form.meanings), form.meanings)
}

function toMark(from: number, to: number, meanings: Meaning[]): Mark {
  const belief = (['anywhere', 'touching', 'after'] as const).find((one) => meanings.some((meaning) => meaning.belief === one)) ?? 'after'
  return { from, to, kind: 'tag', belief, meanings }
}

/** Behind a name of sound stand the channels: 5.1, 2 0, 7.1. */
function withChannels(line: Line, at: number, meanings: Meaning[]): number {
  if (!meanings.some(({ field }) => field === 'audio')) return at
  const [first, second] = [line.tokens[at], line.tokens[at + 1]]
  if (first?.gap.length === 1 && endsInDigit(line, at) && /^[0-2](?:x\d)?$/.test(first.key)) return at + 1
  if (first === undefined || first.gap.length > 2 || !/^[1-9]$|^\dch$/.test(first.key)) return at
  return second && second.gap.length === 1 && /^[0-2](?:x\d)?$/.test(second.key) ? at + 2 : at
}

/** "AAC2" has the first figure of its channels already, "AC3" is called so. */
function endsInDigit(line: Line, at: number): boolean {
  const key = line.tokens[at - 1]?.key ?? ''
  return /[1-9]$/.test(key) && meaningsOf(key) === undefined
}
