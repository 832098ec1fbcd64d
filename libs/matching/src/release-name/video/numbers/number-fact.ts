import type { Line } from '../tokens.js'

/** What a run of tokens says about seasons, episodes or the day. */
export interface NumberFact {
  /** First token behind it. */
  to: number
  seasons?: number[]
  episodes?: number[]
  absolute?: number
  date?: string
}

export type NumberReader = (line: Line, at: number) => NumberFact | undefined

/** The sticky pattern at this place of the text. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** The sticky pattern at the token. */
export function matchToken(pattern: RegExp, line: Line, at: number): RegExpExecArray | null {
  return matchAt(pattern, line.text, line.tokens[at]?.start ?? 0)
}

/** First token that starts at or behind the offset. */
export function tokenFrom(line: Line, at: number, offset: number): number {
  let token = at
  while (token < line.tokens.length && (line.tokens[token]?.start ?? 0) < offset) token++
  return token
}

/** First token behind the match. */
export function behind(line: Line, at: number, match: RegExpExecArray): number {
  return tokenFrom(line, at, match.index + match[0].length)
}

/** All numbers from first to last, where that is a believable run. */
export function run(first: number, last: number): number[] {
  if (last < first || last - first > 2000) return [first]
  const numbers: number[] = []
  for (let number = first; number <= last; number++) numbers.push(number)
  return numbers
}
