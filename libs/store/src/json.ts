const SUSPECT = /\\u(0000|d[89a-f])/i

/** JSON that Postgres takes: file names and titles from outside may hold NUL or half a surrogate pair, which jsonb refuses. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value)
  if (!SUSPECT.test(text)) return text
  return JSON.stringify(value, (_key, part) =>
    typeof part === 'string' ? part.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : part,
  )
}
