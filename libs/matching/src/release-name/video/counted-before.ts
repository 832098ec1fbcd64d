import type { Marks } from './marks.js'
import type { Line } from './tokens.js'

/** "Show 205-206 s09e05-06", "[Group] Show - 05 - S01E05": the number through all seasons, right before season and episode. */
export function countedBefore(line: Line, marks: Marks, start: number, grouped: boolean): number | undefined {
  let at = start + 1
  while (at < line.tokens.length && marks.at(at)?.kind !== 'number') at++
  const isNumber = (index: number) => index > start && marks.at(index) === undefined && /^\d{2,4}$/.test(line.tokens[index]?.text ?? '')
  if (at === line.tokens.length) return undefined
  // "Show - 07.5 (S00E01)": between two episodes, so it counts nothing.
  const half = grouped && line.tokens[at - 1]?.text === '5' && line.tokens[at - 1]?.gap === '.' && isNumber(at - 2)
  if (half && /\s[-–]\s/.test(line.tokens[at - 2]?.gap ?? '')) marks.addNumber(at - 2, at)
  if (half || !isNumber(at - 1)) return undefined
  const range = isNumber(at - 2) && line.tokens[at - 1]?.gap === '-'
  const dashed = /\s[-–]\s/.test(line.tokens[at - 1]?.gap ?? '')
  if (!range && !(grouped && (dashed || line.tokens[at - 1]?.text.length === 3))) return undefined
  const from = at - (range ? 2 : 1)
  marks.addNumber(from, at)
  return Number(line.tokens[from]?.text)
}
