import type { HttpAnswer } from '@torrentino/runtime'
import { fromHttpError } from './indexer-error.js'
import { elapsed } from './remembered.js'
import type { IndexerConfig, SearcherDeps } from './searcher.js'

export interface GetLimits {
  signal: AbortSignal
  maxBytes: number
  headers?: Record<string, string>
  /** Refused a place, it does not come back for it. */
  once?: boolean
  /** Of the indexer's time for one search, which its requests share; the waiting for places is none of it. */
  left?: { ms: number }
}

/** One bounded GET in an indexer's name. Redirects come back as answers; what has no answer is a StageError. */
export type IndexerGet = (url: string, limits: GetLimits) => Promise<HttpAnswer>

export function createIndexerGet({ http, gate, now = elapsed }: SearcherDeps, indexer: IndexerConfig): IndexerGet {
  const { name } = indexer
  return async (url, { once, left = { ms: indexer.timeoutMs }, ...limits }) => {
    const place = await gate.enter(indexer, url, { signal: limits.signal, once })
    const began = now()
    try {
      return await http.get(url, { ...limits, timeoutMs: Math.max(1, Math.round(left.ms)), provider: name })
    } catch (error) {
      throw fromHttpError(name, error)
    } finally {
      left.ms -= now() - began
      await place.end()
    }
  }
}
