export interface FetchLimits {
  signal: AbortSignal
  timeoutMs: number
  maxBytes: number
  headers?: Record<string, string>
}

export interface FetchedAnswer {
  status: number
  headers: Headers
  body: Buffer
  location?: string
}

export type FetchFailure = 'timeout' | 'too_large' | 'unreachable'

/** Says what happened without the URL, whose query may hold a key. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  constructor(
    readonly failure: FetchFailure,
    message: string,
  ) {
    super(message)
  }
}

/** One GET that ends in time, keeps at most `maxBytes` and never follows a redirect by itself. */
export async function fetchBounded(url: string, limits: FetchLimits): Promise<FetchedAnswer> {
  limits.signal.throwIfAborted()
  const stop = new AbortController()
  const abort = () => stop.abort()
  const timer = setTimeout(abort, limits.timeoutMs)
  limits.signal.addEventListener('abort', abort, { once: true })
  try {
    const { target, headers } = withoutCredentials(url)
    const response = await fetch(target, { redirect: 'manual', signal: stop.signal, headers: { ...headers, ...limits.headers } })
    const body = await readBounded(response, limits.maxBytes)
    const location = response.headers.get('location') ?? undefined
    return { status: response.status, headers: response.headers, body, location }
  } catch (error) {
    limits.signal.throwIfAborted()
    if (error instanceof FetchError) throw error
    if (stop.signal.aborted) throw new FetchError('timeout', `no complete answer within ${limits.timeoutMs / 1000} s`)
    throw new FetchError('unreachable', reasonOf(error))
  } finally {
    clearTimeout(timer)
    limits.signal.removeEventListener('abort', abort)
    stop.abort()
  }
}

/** fetch refuses `http://user:password@host`; people behind a reverse proxy write it all the same. */
function withoutCredentials(url: string): { target: URL; headers: Record<string, string> } {
  const target = new URL(url)
  if (target.username === '' && target.password === '') return { target, headers: {} }
  const credentials = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`
  target.username = ''
  target.password = ''
  return { target, headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } }
}

async function readBounded(response: Response, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new FetchError('too_large', `the answer is larger than ${Math.floor(maxBytes / 1_000_000)} MB`)
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.byteLength
    if (bytes > maxBytes) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  if (code === 'ECONNREFUSED') return 'nothing listens at its address'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host name is not known'
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection was cut'
  return code === '' ? 'the request failed' : `the request failed (${code})`
}
