import type { IndexerConfig } from './searcher.js'

/** What stands between the system and an indexer: places per minute and pauses, both shared by all replicas. */
export interface IndexerGate {
  /**
   * Takes a place for one request, waiting for it within the indexer's own time-out.
   * Throws a StageError (`indexer_rate_limited`, `indexer_paused`) with `retryAfterMs` where there is none for longer.
   */
  enter(indexer: Pick<IndexerConfig, 'name' | 'requestsPerMinute' | 'timeoutMs'>, signal: AbortSignal): Promise<void>
}

/** For indexers that nobody limits. */
export const OPEN_GATE: IndexerGate = { enter: async () => {} }
