import { TorrentCandidate } from '@torrentino/domain'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { makeMagnet, normaliseInfoHash } from '../../torrents/magnet.js'
import { readMagnet } from '../magnet-link.js'
import { withoutLogin } from './request-url.js'
import { attributeOf, RawItem, textOf } from './schema.js'
import { hideKey } from './secret-link.js'
import { decodeEntities } from './xml-text.js'

const MAX_LINK = 8192

export interface FeedSource {
  indexer: string
  apiKey?: string
  /** Relative links of the feed are resolved against it. */
  baseUrl: string
}

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  maxNestedTags: 20,
  attributeValueProcessor: (_name, value) => decodeEntities(value),
  tagValueProcessor: (_name, value) => decodeEntities(value),
})

/** One `<item>` as a candidate, or undefined when it is broken or leads to no torrent. */
export function parseItem(xml: string, source: FeedSource): TorrentCandidate | undefined {
  if (XMLValidator.validate(xml) !== true) return undefined
  try {
    const raw = RawItem.safeParse(parser.parse(xml)?.item)
    return raw.success ? candidateOf(raw.data, source) : undefined
  } catch {
    return undefined
  }
}

function candidateOf(item: RawItem, source: FeedSource): TorrentCandidate | undefined {
  const title = (textOf(item.title) ?? '').replace(/\s+/g, ' ').trim().slice(0, 2000)
  if (title === '') return undefined
  const links = linksOf(item)
  const magnet = links.map(readMagnet).find((found) => found !== undefined)
  const infoHash = magnet?.infoHash ?? normaliseInfoHash((attr(item, 'infohash') ?? '').trim())
  const download = links.map((link) => downloadLink(link, source)).find((link) => link !== undefined)
  // A private tracker's torrent cannot be found by its hash alone.
  const madeUp = !magnet && !download && infoHash && !isPrivate(item) ? makeMagnet(infoHash, title.slice(0, 200)) : undefined
  const magnetUri = magnet?.magnetUri ?? madeUp
  if (!magnetUri && !download) return undefined

  const seeders = count(attr(item, 'seeders')) ?? 0
  // In XML `peers` are seeders and leechers together.
  const leechers = count(attr(item, 'leechers')) ?? Math.max(0, (count(attr(item, 'peers')) ?? 0) - seeders)
  const parsed = TorrentCandidate.safeParse({
    title,
    indexer: source.indexer,
    magnet_uri: magnetUri,
    info_hash: infoHash,
    download_url: download,
    size_bytes: sizeOf(item),
    seeders,
    leechers,
    publish_date: dateOf(textOf(item.pubDate) ?? attr(item, 'usenetdate')),
  })
  return parsed.success ? parsed.data : undefined
}

/** Every link that may lead to the torrent, best first. The guid is one only where it is a magnet or names a .torrent. */
function linksOf(item: RawItem): string[] {
  const enclosures = item.enclosure.filter((enclosure) => !/nzb/i.test(enclosure['@_type'] ?? ''))
  const onlyNzb = item.enclosure.length > 0 && enclosures.length === 0
  const guid = textOf(item.guid)
  const usable = guid && /^magnet:|\.torrent($|\?)/i.test(guid) ? guid : undefined
  return [...enclosures.map((enclosure) => enclosure['@_url']), onlyNzb ? undefined : textOf(item.link), attr(item, 'magneturl'), usable]
    .filter((link) => link !== undefined)
    .map((link) => link.trim())
    .filter((link) => link !== '')
}

function downloadLink(link: string, source: FeedSource): string | undefined {
  if (!URL.canParse(link, source.baseUrl)) return undefined
  const url = new URL(link, source.baseUrl)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const own = url.host === new URL(source.baseUrl).host
  const hidden = hideKey(own ? withoutLogin(url).href : url.href, source.apiKey)
  return hidden.length <= MAX_LINK ? hidden : undefined
}

function attr(item: RawItem, name: string): string | undefined {
  return item.attr.find((entry) => entry['@_name'].toLowerCase() === name)?.['@_value']
}

function sizeOf(item: RawItem): number {
  const lengths = item.enclosure.map((enclosure) => enclosure['@_length'])
  return [textOf(item.size), attr(item, 'size'), ...lengths].map(count).find((size) => size !== undefined && size > 0) ?? 0
}

function count(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d{1,15}(\.\d*)?\s*$/.test(text)) return undefined
  return Math.round(Number(text))
}

function dateOf(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text.slice(0, 100))
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

function isPrivate(item: RawItem): boolean {
  const stated = textOf(item.type) ?? attributeOf(item.prowlarrindexer, 'type') ?? ''
  return /private/i.test(stated)
}
