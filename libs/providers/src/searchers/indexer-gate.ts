import type { IndexerConfig } from './searcher.js'

export type GatedIndexer = Pick<IndexerConfig, 'name' | 'requestsPerMinute' | 'timeoutMs'>

/** What stands between the system and an indexer: places per minute and pauses, both shared by all replicas. */
export interface IndexerGate {
  /**
   * Takes a place for one request, waiting for it within the indexer's own time-out; the place is held until `end`.
   * Throws a GateRefusal where there is none for longer, or while the indexer is left alone. An equal request that comes
   * back then finds its place in the line; one that is made `once` has none.
   */
  enter(indexer: GatedIndexer, url: string, how: { signal: AbortSignal; once?: boolean }): Promise<{ end(): Promise<void> }>
}

/** For indexers that nobody limits. */
export const OPEN_GATE: IndexerGate = { enter: async () => ({ end: async () => {} }) }
