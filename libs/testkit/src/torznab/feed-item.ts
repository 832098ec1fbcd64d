/** What the feed offers. Exactly how an indexer leads to the torrent differs, so `offer` chooses. */
export interface FeedItem {
  title: string
  infoHash?: string
  sizeBytes?: number
  seeders?: number
  leechers?: number
  publishDate?: Date
  magnetUri?: string
  torrentFile?: Uint8Array
  /**
   * torrent: link to the bytes of `torrentFile`; redirect: link that answers 302 to `magnetUri`;
   * magnet: the link is the magnet; attribute: only the attribute `magneturl` has it.
   */
  offer?: 'torrent' | 'redirect' | 'magnet' | 'attribute'
}

export function itemXml(item: FeedItem, link: string): string {
  const offer = item.offer ?? (item.torrentFile ? 'torrent' : 'magnet')
  const target = offer === 'magnet' ? (item.magnetUri ?? '') : link
  const size = item.sizeBytes === undefined ? '' : `<size>${item.sizeBytes}</size>`
  const date = item.publishDate === undefined ? '' : `<pubDate>${item.publishDate.toUTCString()}</pubDate>`
  const links =
    offer === 'attribute'
      ? ''
      : `<link>${escapeXml(target)}</link><enclosure url="${escapeXml(target)}" length="${item.sizeBytes ?? 0}" type="application/x-bittorrent"/>`
  const peers = item.seeders === undefined ? undefined : item.seeders + (item.leechers ?? 0)
  const attributes = [
    ['category', 3000],
    ['seeders', item.seeders],
    ['peers', peers],
    ['infohash', item.infoHash],
    ['magneturl', offer === 'attribute' ? item.magnetUri : undefined],
  ]
  return [
    `<item><title>${escapeXml(item.title)}</title><guid>${escapeXml(item.title)}</guid>${links}${size}${date}`,
    ...attributes.map(([name, value]) => (value === undefined ? '' : `<torznab:attr name="${name}" value="${escapeXml(String(value))}"/>`)),
    '</item>',
  ].join('')
}

export function feedXml(items: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:torznab="http://torznab.com/schemas/2015/feed">',
    `<channel><atom:link rel="self" type="application/rss+xml"/><title>Loopback</title>${items}</channel></rss>`,
  ].join('\n')
}

export function errorXml(code: number, description: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<error code="${code}" description="${escapeXml(description)}"/>`
}

export const CAPS_XML = `<?xml version="1.0" encoding="UTF-8"?>
<caps><server title="Loopback"/><limits max="100" default="100"/>
<searching><search available="yes" supportedParams="q"/><music-search available="no" supportedParams="q"/></searching>
<categories><category id="3000" name="Audio"><subcat id="3010" name="MP3"/><subcat id="3040" name="Lossless"/></category></categories></caps>`

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
