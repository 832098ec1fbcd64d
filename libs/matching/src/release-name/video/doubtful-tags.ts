import type { Mark, Marks } from './marks.js'
import type { Line } from './tokens.js'

/** Takes back tags that are words of the title or of an episode's name. */
export function dropDoubtful(line: Line, marks: Marks, end: number): void {
  for (let at = 0; at < line.tokens.length; at++) {
    const mark = marks.at(at)
    if (mark?.kind !== 'tag' || mark.belief === 'anywhere') continue
    if (at < end || (at > end && !isSupported(line, marks, mark))) marks.remove(mark)
  }
}

/** Beside a sure tag or a year, at the end, or with nothing else in its bracket. */
function isSupported(line: Line, marks: Marks, mark: Mark): boolean {
  return isSupportedFrom(line, marks, mark.to, 1) || isSupportedFrom(line, marks, mark.from - 1, -1)
}

/** Looks along the tags on one side for a sure one. */
function isSupportedFrom(line: Line, marks: Marks, from: number, step: 1 | -1): boolean {
  for (let at = from; at >= 0 && at < line.tokens.length; at += step) {
    const mark = marks.at(at)
    if (mark === undefined || mark.kind === 'number') return entersBracket(line, step > 0 ? at : at + 1)
    if (mark.belief === 'anywhere' || entersBracket(line, step > 0 ? at : at + 1)) return true
  }
  return step > 0
}

function entersBracket(line: Line, at: number): boolean {
  return line.tokens[at]?.bracket !== line.tokens[at - 1]?.bracket
}
