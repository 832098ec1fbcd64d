import { type CandidateSource, StageError, type TorrentCandidate } from '@torrentino/domain'
import type { FoundFiles, SearchOptions, TorrentSearcher } from './searcher.js'
import { searcherOf } from './searcher-name.js'

const MAX_TRIES = 5

/**
 * Asks those who offer the candidate, in turn, until one gives its files: each link is opened by the searcher that found it,
 * because only that one holds the key to it. A magnet, which has no files yet, is the last resort.
 */
export async function getFilesOf(
  searchers: readonly TorrentSearcher[],
  candidate: TorrentCandidate,
  options: SearchOptions,
): Promise<FoundFiles | null> {
  const errors: StageError[] = []
  const away = new Set<TorrentSearcher>()
  let magnet: FoundFiles | null = null
  for (const source of (candidate.sources ?? [candidate]).slice(0, MAX_TRIES)) {
    const searcher = searchers.find(({ name }) => name === searcherOf(source.indexer)) ?? searchers[0]
    if (!searcher || away.has(searcher)) continue
    const found = await searcher.getFiles(asOfferedBy(source, candidate), options).catch((error: unknown) => {
      if (!(error instanceof StageError) || options.signal.aborted) throw error
      errors.push(error)
      // A link may be dead by itself; but what may pass most likely meets its other links too.
      if (error.kind === 'retryable') away.add(searcher)
      return null
    })
    if (found && found.files.length > 0) return found
    magnet ??= found
  }
  const error = errors.find(({ kind }) => kind === 'retryable') ?? errors[0]
  if (!magnet && error) throw error
  return magnet
}

function asOfferedBy({ indexer, download_url }: CandidateSource, candidate: TorrentCandidate): TorrentCandidate {
  return { ...candidate, indexer, download_url }
}
