import type { TorrentCandidate } from '@torrentino/domain'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { candidateOf, type Offer, type OfferSource } from '../offer.js'
import { statedBytes, statedPeers, statedRatio, statedSeedTime } from '../stated-number.js'
import { attributeOf, RawItem, textOf } from './schema.js'
import { decodeEntities } from './xml-text.js'

const LEADS_TO_TORRENT = /^magnet:|\.torrent($|\?)/i

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

/** One `<item>` or `<entry>` as a candidate, or undefined when it is broken or leads to no torrent. */
export function parseItem(xml: string, source: OfferSource): TorrentCandidate | undefined {
  if (XMLValidator.validate(xml) !== true) return undefined
  try {
    const document = parser.parse(xml)
    const raw = RawItem.safeParse(document?.item ?? document?.entry)
    return raw.success ? candidateOf(offerOf(raw.data), source) : undefined
  } catch {
    return undefined
  }
}

function offerOf(item: RawItem): Offer {
  const seeders = first(statedPeers, attr(item, 'seeders'), textOf(item.seeders), textOf(item.seeds))
  // In XML `peers` are seeders and leechers together.
  const peers = first(statedPeers, attr(item, 'peers'), textOf(item.peers))
  const leechers = first(statedPeers, attr(item, 'leechers'), textOf(item.leechers))
  return {
    title: textOf(item.title),
    links: linksOf(item),
    infoHash: attr(item, 'infohash') ?? textOf(item.infoHash),
    private: isPrivate(item),
    sizeBytes: sizeOf(item),
    seeders,
    leechers: leechers ?? Math.max(0, (peers ?? 0) - (seeders ?? 0)),
    published: textOf(item.pubDate) ?? textOf(item.published) ?? textOf(item.updated) ?? textOf(item.date) ?? attr(item, 'usenetdate'),
    minRatio: statedRatio(attr(item, 'minimumratio')),
    minSeedTimeSecs: statedSeedTime(attr(item, 'minimumseedtime')),
  }
}

/** Every link that may lead to the torrent, best first. The guid is one only where it is a magnet or names a .torrent. */
function linksOf(item: RawItem): (string | undefined)[] {
  const enclosures = item.enclosure.filter((enclosure) => !/nzb/i.test(enclosure['@_type'] ?? ''))
  const onlyNzb = item.enclosure.length > 0 && enclosures.length === 0
  const guid = textOf(item.guid) ?? textOf(item.id)
  return [
    ...enclosures.map((enclosure) => enclosure['@_url']),
    ...atomLinks(item),
    ...(onlyNzb ? [] : [textOf(item.link)]),
    attr(item, 'magneturl'),
    textOf(item.magnetURI),
    guid && LEADS_TO_TORRENT.test(guid) ? guid : undefined,
  ]
}

/** `<link href="...">`: an enclosure or a torrent is what is wanted, others are pages about it. */
function atomLinks(item: RawItem): string[] {
  return item.links
    .filter((link) => link['@_rel'] === 'enclosure' || /torrent/i.test(link['@_type'] ?? '') || LEADS_TO_TORRENT.test(link['@_href']))
    .map((link) => link['@_href'])
}

function attr(item: RawItem, name: string): string | undefined {
  return item.attr.find((entry) => entry['@_name'].toLowerCase() === name)?.['@_value']
}

function sizeOf(item: RawItem): number | undefined {
  const lengths = [...item.enclosure.map((enclosure) => enclosure['@_length']), ...item.links.map((link) => link['@_length'])]
  return [textOf(item.size), attr(item, 'size'), textOf(item.contentLength), ...lengths]
    .map(sizeIn)
    .find((size) => size !== undefined && size > 0)
}

/** Bytes, or as some feeds write for people: `1.2 GiB`. */
function sizeIn(text: string | undefined): number | undefined {
  const [, number, unit] = /^\s*(\d{1,6}(?:\.\d{1,6})?)\s?([KMGT])i?B\s*$/i.exec(text ?? '') ?? []
  if (unit === undefined) return statedBytes(text)
  return Math.round(Number(number) * 1024 ** ('KMGT'.indexOf(unit.toUpperCase()) + 1))
}

function first(read: (text: string | undefined) => number | undefined, ...texts: (string | undefined)[]): number | undefined {
  return texts.map(read).find((value) => value !== undefined)
}

function isPrivate(item: RawItem): boolean {
  const stated = textOf(item.type) ?? attributeOf(item.prowlarrindexer, 'type') ?? ''
  return /private/i.test(stated)
}
