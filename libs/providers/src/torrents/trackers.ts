const MAX_TRACKERS = 100
const MAX_URL_CHARS = 1000

/** The first 100 distinct tracker addresses of a kind that engines speak; what else stands there is left out. */
export function usableTrackers(candidates: Iterable<string>): string[] {
  const found = new Set<string>()
  for (const text of candidates) {
    if (found.size >= MAX_TRACKERS) break
    if (isTracker(text)) found.add(text)
  }
  return [...found]
}

function isTracker(text: string): boolean {
  if (text.length > MAX_URL_CHARS || /[\p{Cc} ,]/u.test(text)) return false
  return URL.canParse(text) && ['http:', 'https:', 'udp:'].includes(new URL(text).protocol)
}
