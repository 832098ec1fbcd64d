import { CONNECT_TIMEOUT_CODE } from './http-agents.js'

export type HttpFailure = 'timeout' | 'too_large' | 'unreachable' | 'refused'

/** A request without an answer. Names the host only: path and query may hold a key. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  constructor(
    readonly failure: HttpFailure,
    readonly host: string,
    message: string,
  ) {
    super(host === '' ? message : `${host}: ${message}`)
  }
}

const SENTENCES: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name cannot be looked up at present',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was cut',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
}

/** What a library threw, in words that quote nothing of the request. */
export function httpErrorOf(error: unknown, host: string): HttpError {
  if (error instanceof HttpError) return error
  const code = codeOf(error)
  if (code === CONNECT_TIMEOUT_CODE || code === 'ETIMEDOUT') return new HttpError('timeout', host, 'no connection in time')
  return new HttpError('unreachable', host, SENTENCES[code] ?? (code === '' ? 'the request failed' : `the request failed (${code})`))
}

interface Linked {
  code?: unknown
  cause?: unknown
  errors?: unknown
}

/** axios puts the socket's error beneath its own; the addresses of a host that all failed come as a list of errors. */
function codeOf(error: unknown): string {
  let part = error
  for (let depth = 0; depth < 5 && typeof part === 'object' && part !== null; depth++) {
    const { code, cause, errors }: Linked = part
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) && !code.startsWith('ERR_BAD_')) return code
    part = Array.isArray(errors) ? errors[0] : cause
  }
  return ''
}
