import type { Config } from '@torrentino/runtime'
import { SEARCHER_KINDS } from './registry.js'
import type { SearcherDeps, TorrentSearcher } from './searcher.js'

/** The searchers of the configuration, in its order. */
export function configuredSearchers(config: Pick<Config, 'searcher'>, deps: SearcherDeps): TorrentSearcher[] {
  return config.searcher.indexers.map((indexer) =>
    kindOf(indexer.kind)(
      {
        name: indexer.name,
        url: indexer.url.reveal(),
        apiKey: indexer.api_key?.reveal(),
        timeoutMs: indexer.timeout_secs * 1000,
        categories: [...indexer.categories],
        requestsPerMinute: indexer.requests_per_minute,
        ids: indexer.ids && [...indexer.ids],
      },
      deps,
    ),
  )
}

function kindOf(kind: string) {
  const create = SEARCHER_KINDS[kind]
  if (create === undefined) throw new Error(`there is no searcher of kind ${kind}`)
  return create
}
