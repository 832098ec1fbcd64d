import type { PartReading } from './read-part.js'

const VARIOUS = /^(?:va|v\.a\.|v ?\/ ?a|various(?: artists)?|v a)$/i

/** How many of the parts name the artist. Where all dashes are tight, some of them may be hyphens. */
export function splitAt(names: PartReading[]): number {
  if (VARIOUS.test(names[0]?.name ?? '')) return 1
  for (let at = 1; at < names.length; at++) {
    const part = names[at] as PartReading
    const left = names[at - 1]?.name ?? ''
    if (/^\d+$/.test(part.name) && /^\d+$/.test(names[at + 1]?.name ?? '')) return at
    if (part.joint === 'strong' || !(hyphened(left, part.name) || isDouble(left, part.name, at, names))) return at
  }
  return Math.max(1, names.length - 1)
}

/** "Sub-Zero_-_Album", "Sub-Zero-Some_Album": two single words, and more than one or a dash that parts names behind them. */
function isDouble(left: string, right: string, at: number, names: PartReading[]): boolean {
  const next = names[at + 1]
  if (at > 1 || next === undefined || /\s/.test(left + right) || PREFIX.test(right)) return false
  return next.joint === 'strong' || (at + 2 === names.length && /\s/.test(next.name))
}

const PREFIX = /(?:^| )(?:x|ex|re|non|anti|self|co|semi|neo|trip|hip|lo|hi|pre|post|all)$/i
const FIRST_NAME =
  /(?:^| (?:feat\.?|ft\.?|and|with|vs\.?|the|&) |^(?:lil|dj|mc|big) )(?:[a-z]|jean|anne|hans|karl|carl|klaus|heinz|franz|georg|pierre|claude|louis|charles|marie|jay|wu|run|alt|ne|yo)$/
const SHORT_LEFT = /^\S{1,6}$/
const SHORT_RIGHT = /^(?:\d{2,3}|[a-z])(?: |$)/i

/** Whether a dash between two words rather belongs to a name: Jay-Z, T-Pain, blink-182. */
function hyphened(left: string, right: string): boolean {
  const small = left.toLowerCase()
  return PREFIX.test(left) || FIRST_NAME.test(small) || (SHORT_LEFT.test(left) && SHORT_RIGHT.test(right))
}
