import type { Config } from '@torrentino/runtime'
import type { SearcherDeps, TorrentSearcher } from './searcher.js'
import { createTorznabSearcher } from './torznab/index.js'

/** The searchers of the configuration, in its order. */
export function configuredSearchers(config: Pick<Config, 'searcher'>, deps: SearcherDeps): TorrentSearcher[] {
  return config.searcher.indexers.map((indexer) =>
    createTorznabSearcher(
      {
        name: indexer.name,
        url: indexer.url.reveal(),
        apiKey: indexer.api_key?.reveal(),
        timeoutMs: indexer.timeout_secs * 1000,
        categories: [...indexer.categories],
      },
      deps,
    ),
  )
}
