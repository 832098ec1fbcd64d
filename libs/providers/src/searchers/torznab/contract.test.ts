import { element, escapeXml, spoilXml } from '../contract/items.js'
import { searcherContract } from '../contract/searcher-contract.js'
import { createTorznabSearcher } from './index.js'

const attribute = (name: string, value: unknown) =>
  value === undefined ? '' : `<torznab:attr name="${name}" value="${escapeXml(String(value))}"/>`

searcherContract({
  create: createTorznabSearcher,
  address: '/',
  hasKey: (url, _headers, key) => url.searchParams.get('apikey') === key,
  wrongKey: { body: '<?xml version="1.0"?><error code="100" description="Invalid API Key"/>' },
  aside: (url) => (url.searchParams.get('t') === 'caps' ? { status: 404 } : undefined),
  item: ({ title, link, magnet, infoHash, sizeBytes, seeders, leechers, published }) =>
    [
      `<item>${element('title', title)}${element('link', link)}${element('size', sizeBytes)}${element('pubDate', published?.toUTCString())}`,
      attribute('magneturl', magnet),
      attribute('infohash', infoHash),
      attribute('seeders', seeders),
      // Here the peers are all of them.
      attribute('peers', typeof seeders === 'number' && typeof leechers === 'number' ? seeders + leechers : leechers),
      '</item>',
    ].join(''),
  document: (items) =>
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:torznab="http://torznab.com/schemas/2015/feed"><channel>${items.join('\n')}</channel></rss>`,
  spoil: spoilXml,
})
