import type { TorrentCandidate } from '@torrentino/domain'
import { foreignText } from '../foreign-text.js'
import { inTurns } from '../in-turns.js'
import { below, withoutLogin } from '../indexer-address.js'
import { indexerError } from '../indexer-error.js'
import { createIndexerGet } from '../indexer-get.js'
import { jsonOf } from '../json-answer.js'
import { MAX_ANSWER_BYTES, MAX_ITEMS, MUSIC } from '../limits.js'
import { candidateOf, type Offer } from '../offer.js'
import { createGetFiles } from '../open-link.js'
import { readEach } from '../read-each.js'
import type { IndexerConfig, SearcherDeps, SearchOptions, SearchQuery, TorrentSearcher } from '../searcher.js'
import { statedBytes, statedPeers, statedRatio, statedSeedTime } from '../stated-number.js'
import { JackettAnswer, JackettIndexer, JackettRelease } from './schema.js'

const MAX_INDEXERS = 1000
/** The number of OK in its list of states; as a word where somebody writes it so. */
const STATUS_OK = /^(2|ok)$/i
/** Categories from here on are of one tracker alone, and cannot be asked of all. */
const FIRST_CATEGORY_OF_TRACKERS = 100_000

/** All indexers that a Jackett server has set up, in one question: they are searched side by side, and the slowest decides. */
export function createJackettSearcher(config: IndexerConfig, deps: SearcherDeps): TorrentSearcher {
  const { name, apiKey } = config
  const address = below(config.url, '/api/v2.0/indexers/all/results')
  const get = createIndexerGet(deps, config)
  const source = { indexer: name, apiKey, baseUrl: withoutLogin(address).href }

  async function search(query: SearchQuery, { signal, onPartial }: SearchOptions): Promise<TorrentCandidate[]> {
    const answer = await get(searchUrl(address, config, query), { signal, maxBytes: MAX_ANSWER_BYTES })
    const read = JackettAnswer.safeParse(jsonOf(config, answer))
    if (!read.success || !read.data.Results)
      throw indexerError('permanent', name, 'answered with JSON that holds no results; check its URL in the settings')
    const failed = failuresOf(config, readEach(JackettIndexer, read.data.Indexers ?? [], MAX_INDEXERS))
    if (failed) onPartial?.(failed)
    return inTurns(read.data.Results.slice(0, MAX_ITEMS), (element) => {
      const release = JackettRelease.safeParse(element)
      return release.success ? candidateOf(offerOf(release.data), source) : undefined
    })
  }

  return { name, search, getFiles: createGetFiles(config, address, get) }
}

function searchUrl(address: URL, { apiKey, categories = [MUSIC] }: IndexerConfig, query: SearchQuery): string {
  const url = new URL(address)
  if (apiKey) url.searchParams.set('apikey', apiKey)
  url.searchParams.set('Query', query.text)
  for (const category of categories.filter((id) => id < FIRST_CATEGORY_OF_TRACKERS)) url.searchParams.append('Category[]', String(category))
  return url.href
}

/** The status is 200 even when every indexer failed: without any that worked, no result does not mean that there is none. */
function failuresOf({ name, apiKey }: IndexerConfig, indexers: JackettIndexer[]): string | undefined {
  const failed = indexers.filter(({ Status }) => !STATUS_OK.test(String(Status ?? 2)))
  if (failed.length === 0) return undefined
  const reasons = failed.map(({ Name, ID, Error: said }) => `${Name ?? ID ?? 'one'}: ${said ?? 'no reason given'}`)
  const text = `${failed.length} of its ${indexers.length} indexers failed (${foreignText(reasons.join('; '), apiKey)})`
  if (failed.length === indexers.length) throw indexerError('retryable', name, text)
  return `${name}: ${text}`
}

function offerOf(release: JackettRelease): Offer {
  return {
    title: release.Title ?? undefined,
    via: release.TrackerId ?? release.Tracker ?? undefined,
    links: [release.Link, release.MagnetUri, /^magnet:/i.test(release.Guid ?? '') ? release.Guid : undefined].map(
      (link) => link ?? undefined,
    ),
    infoHash: release.InfoHash ?? undefined,
    private: /private/i.test(release.TrackerType ?? ''),
    sizeBytes: statedBytes(release.Size),
    seeders: statedPeers(release.Seeders),
    // In JSON, other than in XML, `Peers` are the leechers alone.
    leechers: statedPeers(release.Peers),
    published: release.PublishDate ?? undefined,
    minRatio: statedRatio(release.MinimumRatio),
    minSeedTimeSecs: statedSeedTime(release.MinimumSeedTime),
  }
}
