import type { Bus } from '@torrentino/bus'
import { DomainError, type IndexerHealth, type IndexerTest, type IndexerView } from '@torrentino/domain'
import { configuredSearchers, createSharedGate, readHealth } from '@torrentino/providers'
import type { Config, HttpClient } from '@torrentino/runtime'
import { testIndexer } from './test-indexer.js'

type Indexer = Config['searcher']['indexers'][number]

/** The configured indexers, with what all replicas know of them. Everything rejects while Redis is away. */
export interface Indexers {
  health(): Promise<IndexerHealth[]>
  list(): Promise<IndexerView[]>
  find(name: string): Promise<IndexerView>
  test(name: string): Promise<IndexerTest>
}

export function createIndexers(config: Pick<Config, 'searcher'>, { bus, http }: { bus: Bus; http: HttpClient }): Indexers {
  const { indexers } = config.searcher
  const gate = createSharedGate(bus, { heedPauses: false })
  const searchers = configuredSearchers(config, { http, gate })

  const healthOf = ({ name, requests_per_minute }: Indexer) => readHealth(bus, { name, requestsPerMinute: requests_per_minute })
  async function viewOf(indexer: Indexer): Promise<IndexerView> {
    const { kind, timeout_secs, categories } = indexer
    return { ...(await healthOf(indexer)), kind, timeout_secs, categories: [...categories] }
  }

  return {
    health: () => Promise.all(indexers.map(healthOf)),
    list: () => Promise.all(indexers.map(viewOf)),
    find: async (name) => viewOf(named(indexers, name)),
    async test(name) {
      const { timeout_secs } = named(indexers, name)
      return testIndexer(named(searchers, name), { ladders: bus.ladders, gate, timeoutMs: timeout_secs * 1000 })
    },
  }
}

function named<T extends { name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name)
  if (found) return found
  throw new DomainError('not_found', `there is no indexer ${name}`)
}
