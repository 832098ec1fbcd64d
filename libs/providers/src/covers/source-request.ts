import { StageError } from '@torrentino/domain'
import { type HttpAnswer, HttpError } from '@torrentino/runtime'
import { type CoverSourceDeps, MAX_IMAGE_BYTES } from './cover-source.js'

const MAX_REDIRECTS = 6
const MAX_JSON_BYTES = 2 * 1024 * 1024

export interface SourceRequest {
  source: string
  /** Whose allowance it counts against; none where nobody counts. */
  limit?: string
  headers?: Record<string, string>
  signal: AbortSignal
}

export function failed(source: string, why: string, retryAfterMs?: number): StageError {
  return new StageError('retryable', 'cover_source_failed', `${source} ${why}`, { retryAfterMs })
}

/** The JSON behind an address, or null where there is nothing. */
export async function getJson(url: string, request: SourceRequest, deps: CoverSourceDeps): Promise<unknown> {
  const answer = await get(url, { ...request, headers: { accept: 'application/json', ...request.headers } }, MAX_JSON_BYTES, deps)
  if (!checked(answer, request.source)) return null
  try {
    return JSON.parse(answer.body.toString('utf8'))
  } catch {
    throw failed(request.source, 'gave an answer that is no JSON')
  }
}

/**
 * The image behind an address, or null. Redirects are followed to the hosts of the source only: whoever gets into its answers
 * must not lead us into our own network.
 */
export async function getImage(url: string, hosts: RegExp, request: SourceRequest, deps: CoverSourceDeps): Promise<Buffer | null> {
  const first = new URL(url)
  let target = first
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    // What it counts and what it may know of us is for the source itself, not for where it sends us.
    const own = target.host === first.host ? request : { source: request.source, signal: request.signal }
    const answer = await get(target.href, own, MAX_IMAGE_BYTES, deps)
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined
    if (location === undefined) return checked(answer, request.source) && isImage(answer.body) ? answer.body : null
    target = nextOf(location, target, first, hosts, request.source)
  }
  throw failed(request.source, 'leads from one address to the next without end')
}

function nextOf(location: string, from: URL, first: URL, hosts: RegExp, source: string): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined
  // The archive's answers name http:// addresses of hosts that speak https.
  if (next?.protocol === 'http:' && first.protocol === 'https:') next.protocol = 'https:'
  const known = next !== undefined && next.protocol === first.protocol && (next.host === first.host || hosts.test(next.hostname))
  if (!known) throw failed(source, 'leads to a host that is not its own')
  return next
}

/** Only what was found; what is not there is no failure. */
function checked({ status, retryAfterMs }: HttpAnswer, source: string): boolean {
  if (status === 200) return true
  if (status === 404 || status === 400 || status === 410) return false
  if (status === 401 || status === 403) throw failed(source, 'does not let us in; is its token right?')
  if (status === 429 || status === 503) throw failed(source, 'wants fewer requests', retryAfterMs ?? 60_000)
  throw failed(source, `answered with ${status}`)
}

async function get(
  url: string,
  { source, limit, headers, signal }: SourceRequest,
  maxBytes: number,
  { http, polite, userAgent }: CoverSourceDeps,
) {
  const ask = () => http.get(url, { provider: source, signal, maxBytes, headers: { 'user-agent': userAgent, ...headers } })
  try {
    return await (limit === undefined ? ask() : polite(limit, signal, ask))
  } catch (error) {
    if (error instanceof HttpError) throw failed(source, `cannot be asked: ${error.message}`)
    throw error
  }
}

function isImage(bytes: Buffer): boolean {
  return bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) || bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))
}
