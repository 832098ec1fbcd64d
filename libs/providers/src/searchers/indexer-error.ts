import { StageError } from '@torrentino/domain'
import { type HttpAnswer, HttpError } from '@torrentino/runtime'

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
export function fromHttpError(indexer: string, error: unknown): unknown {
  if (!(error instanceof HttpError)) return error
  if (error.failure === 'too_large' || error.failure === 'refused') return indexerError('permanent', indexer, error.message)
  return new StageError('retryable', 'indexer_unreachable', `${indexer}: ${error.message}`)
}

/** Throws for a status that is no answer. */
export function refuseStatus(indexer: string, { status, retryAfterMs }: HttpAnswer): void {
  if (status >= 200 && status < 300) return
  if (status === 429) throw rateLimited(indexer, retryAfterMs)
  if (status === 401 || status === 403) throw authError(indexer, `refuses us (HTTP ${status})`)
  if (status === 404) throw indexerError('permanent', indexer, 'knows no such address (HTTP 404); check its URL in the settings')
  if (status === 410) throw indexerError('permanent', indexer, 'is switched off at the proxy (HTTP 410)')
  if (status >= 300 && status < 400)
    throw indexerError('permanent', indexer, `redirects elsewhere (HTTP ${status}); check its URL and API key in the settings`)
  if (status >= 500 || status === 408) {
    const text = `cannot answer now (HTTP ${status})`
    throw new StageError('retryable', 'indexer_error', `${indexer}: ${text}`, { retryAfterMs })
  }
  throw indexerError('permanent', indexer, `refuses the request (HTTP ${status})`)
}
