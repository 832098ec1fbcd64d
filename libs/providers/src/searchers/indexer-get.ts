import type { HttpAnswer, HttpClient } from '@torrentino/runtime'
import { fromHttpError } from './indexer-error.js'
import type { IndexerConfig } from './searcher.js'

/** One bounded GET in an indexer's name. Redirects come back as answers; what has no answer is a StageError. */
export type IndexerGet = (url: string, limits: { signal: AbortSignal; maxBytes: number }) => Promise<HttpAnswer>

export function createIndexerGet(http: HttpClient, { name, timeoutMs }: Pick<IndexerConfig, 'name' | 'timeoutMs'>): IndexerGet {
  return async (url, limits) => {
    try {
      return await http.get(url, { ...limits, timeoutMs, provider: name })
    } catch (error) {
      throw fromHttpError(name, error)
    }
  }
}
