import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { findFiles } from '../find-files.js'
import { fetchBounded } from '../http-get.js'
import { fromFetchError, refuseStatus } from '../indexer-error.js'
import type { IndexerConfig, SearchOptions, SearchQuery, TorrentSearcher } from '../searcher.js'
import { readFeed } from './read-feed.js'
import { readAddress, searchUrl } from './request-url.js'
import { needsKey, restoreKey } from './secret-link.js'
import { decodeXml } from './xml-text.js'

const MAX_FEED_BYTES = 10_000_000

/** Any indexer that speaks Torznab: Jackett and Prowlarr per indexer, and those that speak it themselves. */
export function createTorznabSearcher(config: IndexerConfig): TorrentSearcher {
  const { api, apiKey } = readAddress(config)

  async function search(query: SearchQuery, { signal }: SearchOptions): Promise<TorrentCandidate[]> {
    const url = searchUrl(api, apiKey, query, config.categories)
    try {
      const answer = await fetchBounded(url, { signal, timeoutMs: config.timeoutMs, maxBytes: MAX_FEED_BYTES })
      // Prowlarr and Jackett explain some refusals in the document, whatever the status.
      if (answer.status !== 429 && answer.status >= 400) explainedRefusal(decodeXml(answer.body, null))
      refuseStatus(config.name, answer)
      const xml = decodeXml(answer.body, answer.headers.get('content-type'))
      return readFeed(xml, { indexer: config.name, apiKey, baseUrl: api.href })
    } catch (error) {
      throw fromFetchError(config.name, error)
    }
  }

  /** An error document outranks the status it came with; any other body says less than the status. */
  function explainedRefusal(xml: string): void {
    if (!/<error\s/.test(xml.slice(0, 2000))) return
    readFeed(xml, { indexer: config.name, apiKey, baseUrl: api.href })
  }

  async function getFiles(candidate: TorrentCandidate, { signal }: SearchOptions) {
    const stored = candidate.download_url
    // Another indexer's link must not be given our key.
    if (candidate.indexer !== config.name && stored && needsKey(stored))
      throw new StageError(
        'permanent',
        'indexer_unknown',
        `"${candidate.title}" was found by ${candidate.indexer}, which must be asked for it`,
      )
    const downloadUrl = stored ? restoreKey(stored, apiKey) : undefined
    return findFiles(config.name, { ...candidate, download_url: downloadUrl }, { signal, timeoutMs: config.timeoutMs })
  }

  return { name: config.name, search, getFiles }
}
