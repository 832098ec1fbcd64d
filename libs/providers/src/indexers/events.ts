import type { Logger, Metrics } from '@torrentino/runtime'

export type SearchOutcome = 'found' | 'nothing' | 'cached' | 'limited' | 'paused' | 'failed'

/** What happens with the indexers, one function each: it logs and counts. */
export interface IndexerEvents {
  searched(indexer: string, outcome: SearchOutcome): void
  standing(indexer: string, isPaused: boolean): void
  paused(indexer: string, error: Error, ms: number): void
}

export function createIndexerEvents(log: Logger, metrics: Pick<Metrics, 'counter' | 'gauge'>): IndexerEvents {
  const searches = metrics.counter('indexer_searches_total', 'Questions to indexers by how they ended', ['indexer', 'outcome'])
  const paused = metrics.gauge('indexer_paused', 'Indexers that are left alone, as this process saw them last', ['indexer'])
  return {
    searched: (indexer, outcome) => searches.inc({ indexer, outcome }),
    standing: (indexer, isPaused) => paused.set({ indexer }, isPaused ? 1 : 0),
    paused(indexer, error, ms) {
      paused.set({ indexer }, 1)
      log.warn('indexer left alone', { indexer, error, pause_ms: ms })
    },
  }
}
