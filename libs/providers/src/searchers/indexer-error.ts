import { StageError } from '@torrentino/domain'
import { FetchError, type FetchedAnswer } from './http-get.js'

const MAX_WAIT_MS = 24 * 3600_000

/** The indexer cannot be asked now; the message names it and says nothing that its address may hold in secret. */
export function indexerError(kind: 'retryable' | 'permanent', indexer: string, text: string, cause?: unknown): StageError {
  return new StageError(kind, 'indexer_error', `${indexer}: ${text}`, { cause })
}

export function authError(indexer: string, text: string): StageError {
  return new StageError('permanent', 'indexer_auth', `${indexer}: ${text}; check its API key in the settings`)
}

export function rateLimited(indexer: string, retryAfterMs: number | undefined): StageError {
  const wait = retryAfterMs === undefined ? '' : `; it asks to wait ${Math.ceil(retryAfterMs / 1000)} s`
  return new StageError('retryable', 'indexer_rate_limited', `${indexer}: too many requests${wait}`, { retryAfterMs })
}

/** Turns a failed request into what a stage understands. Anything else is a fault of ours and goes on as it is. */
export function fromFetchError(indexer: string, error: unknown): unknown {
  if (!(error instanceof FetchError)) return error
  if (error.failure === 'too_large') return indexerError('permanent', indexer, error.message)
  return new StageError('retryable', 'indexer_unreachable', `${indexer}: ${error.message}`)
}

/** Throws for a status that is no answer. */
export function refuseStatus(indexer: string, answer: FetchedAnswer): void {
  const { status } = answer
  if (status >= 200 && status < 300) return
  if (status === 429) throw rateLimited(indexer, retryAfter(answer.headers))
  if (status === 401 || status === 403) throw authError(indexer, `refuses us (HTTP ${status})`)
  if (status === 404) throw indexerError('permanent', indexer, 'knows no such address (HTTP 404); check its URL in the settings')
  if (status === 410) throw indexerError('permanent', indexer, 'is switched off at the proxy (HTTP 410)')
  if (status >= 300 && status < 400)
    throw indexerError('permanent', indexer, `redirects elsewhere (HTTP ${status}); check its URL and API key in the settings`)
  if (status >= 500 || status === 408) {
    const text = `cannot answer now (HTTP ${status})`
    throw new StageError('retryable', 'indexer_error', `${indexer}: ${text}`, { retryAfterMs: retryAfter(answer.headers) })
  }
  throw indexerError('permanent', indexer, `refuses the request (HTTP ${status})`)
}

/** Retry-After as seconds or as a date, bounded to a day. */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (!text) return undefined
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_WAIT_MS)
}
