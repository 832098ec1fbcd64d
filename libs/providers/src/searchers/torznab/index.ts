import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { findFiles } from '../find-files.js'
import { refuseStatus } from '../indexer-error.js'
import { createIndexerGet } from '../indexer-get.js'
import type { IndexerConfig, SearcherDeps, SearchOptions, SearchQuery, TorrentSearcher } from '../searcher.js'
import { readFeed } from './read-feed.js'
import { apiAddress, searchUrl, withLoginOf, withoutLogin } from './request-url.js'
import { needsKey, restoreKey } from './secret-link.js'
import { decodeXml } from './xml-text.js'

const MAX_FEED_BYTES = 10_000_000

/** Any indexer that speaks Torznab: Jackett and Prowlarr per indexer, and those that speak it themselves. */
export function createTorznabSearcher(config: IndexerConfig, deps: SearcherDeps): TorrentSearcher {
  const { apiKey } = config
  const api = apiAddress(config.url)
  const get = createIndexerGet(deps, config)
  const source = { indexer: config.name, apiKey, baseUrl: withoutLogin(api).href }

  async function search(query: SearchQuery, { signal }: SearchOptions): Promise<TorrentCandidate[]> {
    const url = searchUrl(api, apiKey, query, config.categories)
    const answer = await get(url, { signal, maxBytes: MAX_FEED_BYTES })
    // Prowlarr and Jackett explain some refusals in the document, whatever the status.
    if (answer.status !== 429 && answer.status >= 400) explainedRefusal(decodeXml(answer.body, undefined))
    refuseStatus(config.name, answer)
    const xml = decodeXml(answer.body, answer.headers['content-type'])
    return readFeed(xml, source)
  }

  /** An error document outranks the status it came with; any other body says less than the status. */
  function explainedRefusal(xml: string): void {
    if (!/<error\s/.test(xml.slice(0, 2000))) return
    readFeed(xml, source)
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
    const downloadUrl = stored ? withLoginOf(api, restoreKey(stored, apiKey)) : undefined
    return findFiles(config.name, { ...candidate, download_url: downloadUrl }, get, signal)
  }

  return { name: config.name, search, getFiles }
}
