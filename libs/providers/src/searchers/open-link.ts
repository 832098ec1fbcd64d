import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { findFiles } from './find-files.js'
import { withLoginOf } from './indexer-address.js'
import type { IndexerGet } from './indexer-get.js'
import type { FoundFiles, IndexerConfig, SearchOptions } from './searcher.js'
import { searcherOf } from './searcher-name.js'
import { needsKey, restoreKey } from './secret-link.js'

/** `getFiles` of a searcher whose links were stored without its key and without its login. */
export function createGetFiles({ name, apiKey }: IndexerConfig, address: URL, get: IndexerGet) {
  return async (candidate: TorrentCandidate, options: SearchOptions): Promise<FoundFiles | null> => {
    const stored = candidate.download_url
    // Another indexer's link must not be given our key.
    if (searcherOf(candidate.indexer) !== name && stored && needsKey(stored)) throw strangersLink(candidate)
    const downloadUrl = stored ? withLoginOf(address, restoreKey(stored, apiKey)) : undefined
    return findFiles(name, { ...candidate, download_url: downloadUrl }, get, options)
  }
}

function strangersLink({ title, indexer }: TorrentCandidate): StageError {
  return new StageError('permanent', 'indexer_unknown', `"${title}" was found by ${indexer}, which must be asked for it`)
}
