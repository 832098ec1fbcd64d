const LONGEST_MS = 24 * 60 * 60 * 1000

/** How long a server asks to be left alone: seconds or a date, at most a day; undefined when it does not say. */
export function retryAfterMs(header: string | undefined, now: number = Date.now()): number | undefined {
  const text = header?.trim() ?? ''
  if (text === '') return undefined
  const ms = /^\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) * 1000 : dateMs(text) - now
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_MS)
}

/** Only the form HTTP knows; Date.parse would take `-5` for a year. */
function dateMs(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : Number.NaN
}
