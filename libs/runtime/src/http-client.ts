import { addAbortSignal, type Readable } from 'node:stream'
import axios, { type AxiosInstance } from 'axios'
import { HostSlots } from './host-slots.js'
import { createAgents } from './http-agents.js'
import { HttpError, httpErrorOf } from './http-error.js'
import { retryAfterMs } from './retry-after.js'

export interface RequestOptions {
  headers?: Record<string, string>
  signal?: AbortSignal
  /** From the start of the request to the last byte; waiting for a place in line does not count. */
  timeoutMs?: number
  /** Of the unpacked body. */
  maxBytes?: number
  /** Who is asked, for the metrics; the host by default. */
  provider?: string
}

export interface HttpAnswer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: Buffer
  /** What Retry-After asks for. */
  retryAfterMs?: number
}

export interface HttpCall {
  provider: string
  host: string
  outcome: 'ok' | 'client_error' | 'rate_limited' | 'server_error' | 'aborted' | HttpError['failure']
  status?: number
  seconds: number
}

export interface HttpClientOptions {
  onCall?: (call: HttpCall) => void
  /** Requests at a time to one host, in the name of one provider. */
  maxPerHost?: number
  connectTimeoutMs?: number
}

export interface HttpClient {
  /** Any status is an answer, redirects too; throws HttpError, or the signal's reason when that ended it. */
  get(url: string, options?: RequestOptions): Promise<HttpAnswer>
  /** The same with a body of JSON. */
  postJson(url: string, body: unknown, options?: RequestOptions): Promise<HttpAnswer>
  /** The same with the fields of a form: plain ones urlencoded, a form with files in parts. */
  postForm(url: string, form: URLSearchParams | FormData, options?: RequestOptions): Promise<HttpAnswer>
  /** Lets go of kept connections. */
  close(): void
}

const TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000
const MAX_BYTES = 10 * 1024 * 1024
const MAX_URL = 16_384

/** The one way out of the system over HTTP. */
export function createHttpClient({ onCall, maxPerHost = 4, connectTimeoutMs = CONNECT_TIMEOUT_MS }: HttpClientOptions = {}): HttpClient {
  const agents = createAgents(connectTimeoutMs)
  const slots = new HostSlots(maxPerHost)
  const client = axios.create({
    ...agents,
    adapter: 'http',
    maxRedirects: 0,
    responseType: 'stream',
    validateStatus: () => true,
    headers: { 'user-agent': 'torrentino', accept: '*/*' },
  })
  async function send(url: string, options: RequestOptions, body?: string | Buffer): Promise<HttpAnswer> {
    const target = checkedUrl(url)
    // A dead indexer must not hold up the others behind the same proxy.
    const release = await slots.acquire(`${options.provider ?? ''}@${target.host}`, options.signal)
    const began = performance.now()
    const report = (outcome: HttpCall['outcome'], status?: number) =>
      onCall?.({
        provider: options.provider ?? target.host,
        host: target.host,
        outcome,
        status,
        seconds: (performance.now() - began) / 1000,
      })
    try {
      const answer = await request(client, target, options, body)
      report(outcomeOf(answer.status), answer.status)
      return answer
    } catch (error) {
      report(error instanceof HttpError ? error.failure : 'aborted')
      throw error
    } finally {
      release()
    }
  }
  return {
    get: (url, options = {}) => send(url, options),
    postJson: (url, body, options = {}) =>
      send(url, { ...options, headers: { 'content-type': 'application/json', ...options.headers } }, JSON.stringify(body)),
    async postForm(url, form, options = {}) {
      // It knows how forms are written, and chooses the boundary between the parts.
      const written = new Response(form)
      const type = written.headers.get('content-type') ?? ''
      return send(url, { ...options, headers: { 'content-type': type, ...options.headers } }, Buffer.from(await written.arrayBuffer()))
    },
    close() {
      agents.httpAgent.destroy()
      agents.httpsAgent.destroy()
    },
  }
}

function checkedUrl(url: string): URL {
  const target = url.length <= MAX_URL && URL.canParse(url) ? new URL(url) : undefined
  if (target === undefined) throw new HttpError('refused', '', 'this is not an address that can be asked')
  if (target.protocol === 'http:' || target.protocol === 'https:') return target
  throw new HttpError('refused', target.host, `only http and https are spoken, not ${target.protocol.slice(0, 20)}`)
}

async function request(
  client: AxiosInstance,
  target: URL,
  { headers, signal, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES }: RequestOptions,
  data?: string | Buffer,
): Promise<HttpAnswer> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), timeoutMs)
  const cancel = () => stop.abort()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    signal?.throwIfAborted()
    const method = data === undefined ? 'get' : 'post'
    const response = await client.request<Readable>({ url: target.href, method, data, headers, signal: stop.signal })
    const plain = plainHeaders(response.headers)
    const body = await readBounded(response.data, maxBytes, target.host, stop.signal)
    return { status: response.status, headers: plain, body, retryAfterMs: retryAfterMs(plain['retry-after']) }
  } catch (error) {
    signal?.throwIfAborted()
    if (stop.signal.aborted) throw new HttpError('timeout', target.host, `no complete answer within ${timeoutMs / 1000} s`)
    throw httpErrorOf(error, target.host)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

async function readBounded(stream: Readable, maxBytes: number, host: string, signal: AbortSignal): Promise<Buffer> {
  addAbortSignal(signal, stream)
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.byteLength
    if (bytes > maxBytes) throw new HttpError('too_large', host, `the answer is larger than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function plainHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]),
  )
}

function outcomeOf(status: number): HttpCall['outcome'] {
  if (status === 429) return 'rate_limited'
  if (status >= 500) return 'server_error'
  return status >= 400 ? 'client_error' : 'ok'
}
