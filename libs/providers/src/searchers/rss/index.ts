import type { TorrentCandidate } from '@torrentino/domain'
import { readFeed } from '../feed/read-feed.js'
import { decodeXml } from '../feed/xml-text.js'
import { withoutLogin } from '../indexer-address.js'
import { refuseStatus } from '../indexer-error.js'
import { createIndexerGet } from '../indexer-get.js'
import { MAX_ANSWER_BYTES } from '../limits.js'
import { createGetFiles } from '../open-link.js'
import { remembered } from '../remembered.js'
import type { IndexerConfig, SearcherDeps, SearchOptions, SearchQuery, TorrentSearcher } from '../searcher.js'
import { restoreKey } from '../secret-link.js'
import { wordsOf } from './words.js'

const FEED_KEPT_MS = 10 * 60_000

interface Listed {
  candidate: TorrentCandidate
  words: Set<string>
}

/** A feed of torrents that cannot be searched, RSS or Atom: read whole, once for many searches, and gone through here. */
export function createRssSearcher(config: IndexerConfig, deps: SearcherDeps): TorrentSearcher {
  const { name, apiKey, feedKeptMs = FEED_KEPT_MS } = config
  // Feeds have their key anywhere in their address, so it stands there as `{apikey}`.
  const address = new URL(restoreKey(config.url, apiKey))
  const get = createIndexerGet(deps, config)
  const source = { indexer: name, apiKey, baseUrl: withoutLogin(address).href }
  const feed = remembered(loadFeed)

  async function search(query: SearchQuery, { signal }: SearchOptions): Promise<TorrentCandidate[]> {
    const wanted = wordsOf(query.text)
    return (await feed.get(signal)).filter(({ words }) => wanted.every((word) => words.has(word))).map(({ candidate }) => candidate)
  }

  async function loadFeed(signal: AbortSignal): Promise<{ value: Listed[]; keepMs: number }> {
    const answer = await get(address.href, { signal, maxBytes: MAX_ANSWER_BYTES })
    refuseStatus(name, answer)
    const candidates = await readFeed(decodeXml(answer.body, answer.headers['content-type']), source)
    return { value: candidates.map((candidate) => ({ candidate, words: new Set(wordsOf(candidate.title)) })), keepMs: feedKeptMs }
  }

  return { name, search, getFiles: createGetFiles(config, address, get) }
}
