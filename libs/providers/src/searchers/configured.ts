import type { Config } from '@torrentino/runtime'
import { SEARCHER_KINDS } from './registry.js'
import type { SearcherDeps, TorrentSearcher } from './searcher.js'

/** The searchers of the configuration, in its order. */
export function configuredSearchers(config: Pick<Config, 'searcher'>, deps: SearcherDeps): TorrentSearcher[] {
  return config.searcher.indexers.map((indexer) =>
    SEARCHER_KINDS[indexer.kind](
      {
        name: indexer.name,
        url: indexer.url.reveal(),
        apiKey: indexer.api_key?.reveal(),
        timeoutMs: indexer.timeout_secs * 1000,
        categories: [...indexer.categories],
        requestsPerMinute: indexer.requests_per_minute,
        ids: indexer.ids && [...indexer.ids],
        feedKeptMs: config.searcher.cache_secs * 1000,
      },
      deps,
    ),
  )
}
