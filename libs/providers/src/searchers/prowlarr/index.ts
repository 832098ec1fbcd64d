import type { TorrentCandidate } from '@torrentino/domain'
import { inTurns } from '../in-turns.js'
import { below, withoutLogin } from '../indexer-address.js'
import { indexerError } from '../indexer-error.js'
import { createIndexerGet, type GetLimits } from '../indexer-get.js'
import { jsonOf } from '../json-answer.js'
import { MAX_ANSWER_BYTES, MAX_ITEMS, MUSIC } from '../limits.js'
import { candidateOf, type Offer } from '../offer.js'
import { createGetFiles } from '../open-link.js'
import { readEach } from '../read-each.js'
import type { IndexerConfig, SearcherDeps, SearchOptions, SearchQuery, TorrentSearcher } from '../searcher.js'
import { statedBytes, statedPeers } from '../stated-number.js'
import { ProwlarrRelease, ProwlarrStatus } from './schema.js'

type Limits = Pick<GetLimits, 'signal' | 'left'>

const MAX_INDEXERS = 1000
const LIMIT = 100
/** Prowlarr's word for all indexers of torrents. */
const ALL_TORRENT_INDEXERS = -2

/** Several indexers of a Prowlarr server, or all that it has for torrents, in one question. */
export function createProwlarrSearcher(config: IndexerConfig, deps: SearcherDeps): TorrentSearcher {
  const { name, apiKey } = config
  const address = below(config.url, '/api/v1/search')
  const request = createIndexerGet(deps, config)
  const source = { indexer: name, apiKey, baseUrl: withoutLogin(address).href }

  async function search(query: SearchQuery, { signal, onPartial }: SearchOptions): Promise<TorrentCandidate[]> {
    const left = { ms: config.timeoutMs }
    const releases = await list(searchUrl(address, config, query), { left, signal })
    if (releases.length === 0) await askForFailures({ left, signal }, onPartial)
    return inTurns(releases.slice(0, MAX_ITEMS), (element) => {
      const release = ProwlarrRelease.safeParse(element)
      return release.success && isTorrent(release.data) ? candidateOf(offerOf(release.data), source) : undefined
    })
  }

  /** A search that failed is answered with an empty list, so that an empty list is believed only where no indexer is in trouble. */
  async function askForFailures(limits: Limits, onPartial: SearchOptions['onPartial']): Promise<void> {
    const states = await list(below(config.url, '/api/v1/indexerstatus').href, limits)
    const now = Date.now()
    const failing = readEach(ProwlarrStatus, states, MAX_INDEXERS).filter(({ disabledTill }) => Date.parse(disabledTill) > now)
    if (failing.length === 0) return
    const numbers = failing.map(({ indexerId }) => indexerId)
    const text = `found nothing, but leaves indexers alone that failed (number ${numbers.slice(0, 20).join(', ')})`
    if (config.ids?.every((id) => numbers.includes(id))) throw indexerError('retryable', name, text)
    onPartial?.(`${name}: ${text}`)
  }

  async function list(url: string, limits: Limits): Promise<unknown[]> {
    const headers: Record<string, string> = apiKey ? { 'x-api-key': apiKey } : {}
    const answer = await request(url, { ...limits, maxBytes: MAX_ANSWER_BYTES, headers })
    const json = jsonOf(config, answer)
    if (Array.isArray(json)) return json
    throw indexerError('permanent', name, 'answered with JSON that holds no results; check its URL in the settings')
  }

  return { name, search, getFiles: createGetFiles(config, address, request) }
}

/** Lists are given by repeating the key; commas are not understood. */
function searchUrl(address: URL, { ids = [ALL_TORRENT_INDEXERS], categories = [MUSIC] }: IndexerConfig, query: SearchQuery): string {
  const url = new URL(address)
  url.searchParams.set('query', query.text)
  url.searchParams.set('type', 'search')
  for (const id of ids) url.searchParams.append('indexerIds', String(id))
  for (const category of categories) url.searchParams.append('categories', String(category))
  url.searchParams.set('limit', String(LIMIT))
  url.searchParams.set('offset', '0')
  return url.href
}

function isTorrent({ protocol }: ProwlarrRelease): boolean {
  return (protocol ?? 'torrent').toLowerCase() === 'torrent'
}

function offerOf(release: ProwlarrRelease): Offer {
  return {
    title: release.title ?? undefined,
    via: release.indexer ?? undefined,
    // `magnetUrl` is in spite of its name a link of Prowlarr's own that redirects to the magnet; some trackers put it into the guid.
    links: [release.downloadUrl, release.magnetUrl, /^magnet:/i.test(release.guid ?? '') ? release.guid : undefined].map(
      (link) => link ?? undefined,
    ),
    infoHash: release.infoHash ?? undefined,
    // It does not say which are private, so no magnet is made up of a hash alone.
    private: true,
    sizeBytes: statedBytes(release.size),
    seeders: statedPeers(release.seeders),
    leechers: statedPeers(release.leechers),
    published: release.publishDate ?? undefined,
    minRatio: undefined,
    minSeedTimeSecs: undefined,
  }
}
