const SUSPECT = /\\u(0000|d[89a-f])/i

/** JSON that Postgres takes: file names and titles from outside may hold NUL or half a surrogate pair, which jsonb refuses. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value)
  if (!SUSPECT.test(text)) return text
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? clean(part) : part))
}

/** Text that Postgres takes, at most this long. */
export function toText(text: string, maxLength: number): string {
  return clean(text.slice(0, maxLength))
}

/** Replaced, not left out: what had a character still has one, so no name becomes empty or another one's. */
function clean(text: string): string {
  return text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd')
}
