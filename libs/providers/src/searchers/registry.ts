import type { TorrentCandidate } from '@torrentino/domain'
import type { FoundFiles, IndexerConfig, SearcherDeps, SearchOptions, TorrentSearcher } from './searcher.js'
import { createTorznabSearcher } from './torznab/index.js'

/** Each kind of searcher by the name of its folder. */
export const SEARCHER_KINDS: Record<string, (config: IndexerConfig, deps: SearcherDeps) => TorrentSearcher> = {
  torznab: createTorznabSearcher,
}

/** Asks the searcher that found the candidate: only that one holds the key to its link. */
export async function getFilesOf(
  searchers: readonly TorrentSearcher[],
  candidate: TorrentCandidate,
  options: SearchOptions,
): Promise<FoundFiles | null> {
  const searcher = searchers.find(({ name }) => name === candidate.indexer) ?? searchers[0]
  return searcher ? searcher.getFiles(candidate, options) : null
}
