import type { HttpAnswer } from '@torrentino/runtime'
import { fromHttpError } from './indexer-error.js'
import type { IndexerConfig, SearcherDeps } from './searcher.js'

interface GetLimits {
  signal: AbortSignal
  maxBytes: number
  headers?: Record<string, string>
  /** Refused a place, it does not come back for it. */
  once?: boolean
}

/** One bounded GET in an indexer's name. Redirects come back as answers; what has no answer is a StageError. */
export type IndexerGet = (url: string, limits: GetLimits) => Promise<HttpAnswer>

export function createIndexerGet({ http, gate }: SearcherDeps, indexer: IndexerConfig): IndexerGet {
  const { name, timeoutMs } = indexer
  return async (url, { once, ...limits }) => {
    const place = await gate.enter(indexer, url, { signal: limits.signal, once })
    try {
      return await http.get(url, { ...limits, timeoutMs, provider: name })
    } catch (error) {
      throw fromHttpError(name, error)
    } finally {
      await place.end()
    }
  }
}
