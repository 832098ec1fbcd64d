import type { Indexer } from '@torrentino/runtime'
import { createJackettSearcher } from './jackett/index.js'
import { createProwlarrSearcher } from './prowlarr/index.js'
import { createRssSearcher } from './rss/index.js'
import type { IndexerConfig, SearcherDeps, TorrentSearcher } from './searcher.js'
import { createTorznabSearcher } from './torznab/index.js'

/** Each kind of searcher by the name of its folder. */
export const SEARCHER_KINDS: Record<Indexer['kind'], (config: IndexerConfig, deps: SearcherDeps) => TorrentSearcher> = {
  torznab: createTorznabSearcher,
  jackett: createJackettSearcher,
  prowlarr: createProwlarrSearcher,
  rss: createRssSearcher,
}
