import { types } from 'node:util'

const MASK = '***'
const MIN_SECRET_LENGTH = 6
const MAX_DEPTH = 8
const MAX_ENTRIES = 200
const MAX_TEXT = 32_768

const known = new Set<string>()
let longestFirst: string[] = []

/** From now on the value is masked wherever it turns up in a log line. Short values would mask ordinary words. */
export function registerSecret(value: string): void {
  if (value.length < MIN_SECRET_LENGTH) return
  for (const form of [value, encodeForm(value), JSON.stringify(value).slice(1, -1)]) known.add(form)
  longestFirst = [...known].sort((a, b) => b.length - a.length)
}

function encodeForm(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString())
}

const SECRET_WORDS = new Set(
  'key keys apikey apikeys secret secrets token tokens password passwords passwd passphrase passkey pwd authorization credential credentials cookie'.split(
    ' ',
  ),
)
const SECRET_PARTS = /apikey|password|passwd|passkey|passphrase|secret|authorization|credential/

/** Whether a field of this name is masked whatever it holds: `api_key`, `X-Api-Key`, `authToken`, but not `keyframe`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  return words.some((word) => SECRET_WORDS.has(word)) || SECRET_PARTS.test(words.join(''))
}

const PARAMETER =
  'jackett_apikey|jackettapikey|api_?key|passkey|pass_?word|passwd|access_token|auth_?token|token|auth_?key|torrent_pass|rss_?key|secret|sig|signature'
const PLAIN_PARAMETER = new RegExp(`\\b(${PARAMETER})=[^&\\s"<>#\\\\]+`, 'gi')
const ENCODED_PARAMETER = new RegExp(`(${PARAMETER})%3D(?:(?!%26|%23)[^&\\s"<>#\\\\])+`, 'gi')
const MAGNET = /magnet:\?[^\s"<>\\]*/gi
const MAGNET_HASH = /[?&]xt=(urn:bt[im]h:[0-9a-z]{20,80})/i
const URL_LOGIN = /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"<>?#]*):[^\s/"<>]*@/gi
const BEARER = /\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}/gi
const ANNOUNCE = /\/[0-9a-z]{16,}\/announce|\/announce\/[0-9a-z]{16,}/gi

/** Most lines hold nothing of the kind: one look spares them the rest. */
const SUSPICIOUS = /[=@]|%3D|magnet:|announce|bearer|basic/i

/** The text without registered secrets, keys in query strings, passwords in URLs and all of a magnet link but its hash. */
export function redactText(text: string): string {
  let out = text
  for (const secret of longestFirst) if (out.includes(secret)) out = out.split(secret).join(MASK)
  if (!SUSPICIOUS.test(out)) return out
  return out
    .replace(MAGNET, (link) => {
      const hash = MAGNET_HASH.exec(link)?.[1]
      return hash === undefined ? `magnet:?${MASK}` : `magnet:?xt=${hash}`
    })
    .replace(URL_LOGIN, `$1:${MASK}@`)
    .replace(PLAIN_PARAMETER, `$1=${MASK}`)
    .replace(ENCODED_PARAMETER, `$1%3D${MASK}`)
    .replace(BEARER, `$1 ${MASK}`)
    .replace(ANNOUNCE, (path) => (path.startsWith('/announce') ? `/announce/${MASK}` : `/${MASK}/announce`))
}

/** A plain, bounded copy for a log line: errors with their causes, no cycles, no secrets. */
export function redactValue(value: unknown): unknown {
  return plain(value, 0, new Set())
}

function plain(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return shortened(redactText(value))
  if (typeof value === 'bigint' || typeof value === 'symbol') return redactText(String(value))
  if (typeof value === 'function') return '[function]'
  if (typeof value === 'number') return plainNumber(value)
  if (typeof value !== 'object' || value === null) return value
  if (above.has(value)) return '[circular]'
  if (depth >= MAX_DEPTH) return '[deep]'
  above.add(value)
  try {
    return plainObject(value, depth + 1, above)
  } catch {
    return '[unreadable]'
  } finally {
    above.delete(value)
  }
}

/** Cut after the masking, so that no half of a secret stays at the edge. */
function shortened(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}... (${text.length} characters)`
}

function plainNumber(value: number): unknown {
  if (known.has(String(value))) return MASK
  return Number.isFinite(value) ? value : String(value)
}

function plainObject(value: object, depth: number, above: Set<object>): unknown {
  if (value instanceof Error || types.isNativeError(value)) return plainError(value, depth, above)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((entry) => plain(entry, depth, above))
  if (value instanceof Map) return plainEntries(value, depth, above)
  if (value instanceof Set) return [...value].slice(0, MAX_ENTRIES).map((entry) => plain(entry, depth, above))
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), depth, above)
  return plainEntries(Object.entries(value), depth, above)
}

function plainEntries(entries: Iterable<[unknown, unknown]>, depth: number, above: Set<object>): Record<string, unknown> {
  const out: [string, unknown][] = []
  for (const [key, entry] of entries) {
    if (out.length >= MAX_ENTRIES) break
    const name = String(key)
    out.push([redactText(name), isSecretName(name) ? maskField(name, entry) : plain(entry, depth, above)])
  }
  return Object.fromEntries(out)
}

/** Counts (`prompt_tokens: 12`) and yes or no (`has_key: true`) tell nothing; all else under such a name is hidden. */
function maskField(name: string, value: unknown): unknown {
  if (value === undefined || value === null || typeof value === 'boolean') return value
  return typeof value === 'number' && /tokens$/i.test(name) ? value : MASK
}

function plainError(error: Error, depth: number, above: Set<object>): Record<string, unknown> {
  const own = Object.entries(error).filter(([key]) => !['name', 'message', 'stack', 'cause', 'config', 'request', 'response'].includes(key))
  return {
    name: redactText(String(error.name)),
    message: redactText(String(error.message)),
    ...plainEntries(own, depth, above),
    ...('errors' in error ? { errors: plain(error.errors, depth, above) } : {}),
    ...(typeof error.stack === 'string' ? { stack: redactText(error.stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: plain(error.cause, depth, above) }),
  }
}
