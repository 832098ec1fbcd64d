import type { Config, HttpClient, ProcessContext } from '@torrentino/runtime'
import { configuredSearchers } from '../searchers/configured.js'
import type { TorrentSearcher } from '../searchers/searcher.js'
import { createIndexerEvents, type IndexerEvents } from './events.js'
import { createPoliteSearcher } from './polite-searcher.js'
import { createSharedGate } from './shared-gate.js'
import type { SharedState } from './shared-state.js'

export interface PoliteDeps {
  http: HttpClient
  state: SharedState
  events: IndexerEvents
  pausesMs?: readonly number[]
}

/** The searchers of the configuration; all processes that have them keep to the same limits and pauses. */
export function politeSearchers({ searcher }: Pick<Config, 'searcher'>, { http, state, events, pausesMs }: PoliteDeps): TorrentSearcher[] {
  const gate = createSharedGate(state)
  const options = { state, events, pausesMs, cacheMs: searcher.cache_secs * 1000, responseMs: gate.responseMs }
  const inner = configuredSearchers({ searcher }, { http, gate })
  return searcher.indexers.map(({ name, kind, url, categories, timeout_secs }, index) =>
    createPoliteSearcher(
      inner[index] as TorrentSearcher,
      { name, kind, url: url.reveal(), categories, timeoutMs: timeout_secs * 1000 },
      options,
    ),
  )
}

export function openSearchers(ctx: ProcessContext, http: HttpClient, state: SharedState): TorrentSearcher[] {
  return politeSearchers(ctx.config, { http, state, events: createIndexerEvents(ctx.log, ctx.metrics) })
}
