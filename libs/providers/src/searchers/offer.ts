import { normaliseInfoHash, TorrentCandidate } from '@torrentino/domain'
import { makeMagnet } from '../torrents/magnet.js'
import { withoutLogin } from './indexer-address.js'
import { type MagnetLink, readMagnetLink } from './magnet-link.js'
import { nameVia } from './searcher-name.js'
import { hideKey } from './secret-link.js'

const MAX_LINK = 8192
const MAX_TITLE = 2000

/** What an indexer says of a torrent, in whatever form it came. */
export interface Offer {
  title: string | undefined
  /** The indexer behind a server that asks many. */
  via?: string
  /** Every link that may lead to the torrent, best first. */
  links: (string | undefined)[]
  infoHash: string | undefined
  private: boolean
  sizeBytes: number | undefined
  seeders: number | undefined
  leechers: number | undefined
  published: string | undefined
  minRatio: number | undefined
  minSeedTimeSecs: number | undefined
}

export interface OfferSource {
  indexer: string
  apiKey?: string
  /** Relative links are resolved against it. */
  baseUrl: string
}

/** The offer as a candidate fit to be stored, or undefined when it has no name or leads to no torrent. */
export function candidateOf(offer: Offer, source: OfferSource): TorrentCandidate | undefined {
  const title = cleanTitle(offer.title ?? '')
  if (title === '') return undefined
  const links = offer.links.map((link) => link?.trim() ?? '').filter((link) => link !== '')
  const magnet = links.map(readMagnetLink).find((found) => found !== undefined)
  const hashes = magnet ?? statedHashes(offer.infoHash)
  const download = links.map((link) => storedLink(link, source)).find((link) => link !== undefined)
  // A private tracker's torrent cannot be found by its hash alone.
  const madeUp = !download && !offer.private && hashes.infoHash ? makeMagnet(hashes.infoHash, title.slice(0, 200)) : undefined
  const magnetUri = magnet?.magnetUri ?? madeUp
  if (!magnetUri && !download) return undefined
  const parsed = TorrentCandidate.safeParse({
    title,
    indexer: nameVia(source.indexer, offer.via),
    magnet_uri: magnetUri,
    info_hash: hashes.infoHash,
    info_hash_v2: hashes.infoHashV2,
    download_url: download,
    size_bytes: offer.sizeBytes ?? 0,
    seeders: offer.seeders ?? 0,
    leechers: offer.leechers ?? 0,
    publish_date: dateOf(offer.published),
    min_ratio: offer.minRatio || undefined,
    min_seed_time_secs: offer.minSeedTimeSecs || undefined,
  })
  return parsed.success ? parsed.data : undefined
}

/** Control characters and halves of characters are refused by the database. */
function cleanTitle(text: string): string {
  return text
    .slice(0, MAX_TITLE)
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
}

function statedHashes(text: string | undefined): Omit<MagnetLink, 'magnetUri'> {
  const hash = text?.trim() ?? ''
  return { infoHash: normaliseInfoHash(hash), infoHashV2: /^[0-9a-f]{64}$/i.test(hash) ? hash.toLowerCase() : undefined }
}

function storedLink(link: string, source: OfferSource): string | undefined {
  if (link.length > MAX_LINK || !URL.canParse(link, source.baseUrl)) return undefined
  const url = new URL(link, source.baseUrl)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const own = url.host === new URL(source.baseUrl).host
  const hidden = hideKey(own ? withoutLogin(url).href : url.href, source.apiKey)
  return hidden.length <= MAX_LINK ? hidden : undefined
}

function dateOf(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text.slice(0, 100))
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
