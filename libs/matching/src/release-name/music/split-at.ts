import type { PartReading } from './read-part.js'

const VARIOUS = /^(?:va|v\.a\.|v ?\/ ?a|various(?: artists)?|v a)$/i

/** How many of the parts name the artist. Where all dashes are tight, some of them may be hyphens. */
export function splitAt(names: PartReading[]): number {
  if (VARIOUS.test(names[0]?.name ?? '')) return 1
  for (let at = 1; at < names.length; at++) {
    const part = names[at] as PartReading
    if (part.joint === 'strong' || !hyphened(names[at - 1]?.name ?? '', part.name)) return at
  }
  return Math.max(1, names.length - 1)
}

const PREFIX = /(?:^| )(?:ex|re|non|anti|self|co|semi|neo|trip|hip|lo|hi|pre|post|all)$/i
const FIRST_NAME = /(?:^| (?:feat\.?|ft\.?|and|with|vs\.?|the|&) )(?:[a-z]|jean|anne|hans|karl|marie|jay|wu|run|alt|ne|yo)$/i
const SHORT_LEFT = /^\S{1,6}$/
const SHORT_RIGHT = /^(?:\d{2,3}|[a-z])(?: |$)/i

/** Whether a dash between two words rather belongs to a name: Jay-Z, T-Pain, blink-182. */
function hyphened(left: string, right: string): boolean {
  return PREFIX.test(left) || FIRST_NAME.test(left) || (SHORT_LEFT.test(left) && SHORT_RIGHT.test(right))
}
