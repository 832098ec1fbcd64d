const LONGEST = 1024 * 1024

/** Where the text stops being JSON, as ` at position 12 (line 2, column 3)`, without quoting it. */
export function jsonFaultPlace(text: string): string {
  const told = messageOf(text)
  if (told === undefined || text.length > LONGEST) return ''
  const position = toldPosition(told) ?? (isCutOff(told) ? text.length : firstWrong(text))
  const before = text.slice(0, position).split('\n')
  return ` at position ${position} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`
}

/** The engine names the position of some faults only; for the others the longest beginning that is only cut off, not wrong, ends there. */
function firstWrong(text: string): number {
  let good = 0
  let wrong = text.length
  while (wrong - good > 1) {
    const middle = (good + wrong) >> 1
    const told = messageOf(text.slice(0, middle))
    const isWrong = told !== undefined && !isCutOff(told) && (toldPosition(told) ?? 0) < middle
    if (isWrong) wrong = middle
    else good = middle
  }
  return good
}

function messageOf(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function toldPosition(message: string): number | undefined {
  const digits = /position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function isCutOff(message: string): boolean {
  return message.startsWith('Unexpected end of JSON')
}
