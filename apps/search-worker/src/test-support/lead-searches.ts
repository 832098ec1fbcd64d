import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { openBus } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'
import { createIndexerEvents, politeSearchers, type SharedState } from '@torrentino/providers'
import { createHttpClient, createMetrics, loadConfig, silentLogger } from '@torrentino/runtime'
import { createSearchStage } from '../search-stage.js'
import { EMPTY_CATALOG } from './empty-catalog.js'

export interface Searching {
  redisUrl: string
  prefix: string
  indexers: object[]
  /** In place of the minute that an indexer's limit is about. */
  windowMs: number
  tickets: Ticket[]
}

/** A search worker without its queue: leads all tickets through their searches at once, and says how each ended. */
export async function leadSearches({ redisUrl, prefix, indexers, windowMs, tickets }: Searching): Promise<string[]> {
  const bus = openBus({ url: redisUrl, prefix, onError: () => {} })
  const http = createHttpClient()
  await bus.ready()
  const limits: SharedState['limits'] = {
    ...bus.limits,
    waitFor: (name, wanted) => bus.limits.waitFor(name, { ...wanted, windowMs }),
  }
  const config = loadConfig({
    AUTH_METHOD: 'none',
    DATABASE_URL: 'postgres://localhost/unused',
    REDIS_URL: redisUrl,
    MEDIA_ROOTS: '/media',
    SEARCHER_INDEXERS: JSON.stringify(indexers),
  })
  const events = createIndexerEvents(silentLogger, createMetrics('test', { processMetrics: false }))
  const searchers = politeSearchers(config, { http, state: { ...bus, limits }, events })
  const stage = createSearchStage({ ...EMPTY_CATALOG, searchers, maxWaitMs: 60_000 })
  const { signal } = new AbortController()
  setMaxListeners(0, signal)
  const lead = async (ticket: Ticket): Promise<string> => {
    for (;;) {
      const round = await stage.gather(ticket, { signal, now: () => new Date() })
      const outcome = stage.decide(ticket, round, new Date())
      if (outcome.kind !== 'wait') return outcome.type
      await delay(outcome.ms)
    }
  }
  try {
    return await Promise.all(tickets.map(lead))
  } finally {
    http.close()
    await bus.close()
  }
}
