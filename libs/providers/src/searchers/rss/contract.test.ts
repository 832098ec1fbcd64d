import { element, spoilXml } from '../contract/items.js'
import { searcherContract } from '../contract/searcher-contract.js'
import { createRssSearcher } from './index.js'

searcherContract({
  create: createRssSearcher,
  address: '/feed?passkey={apikey}',
  hasKey: (url, _headers, key) => url.searchParams.get('passkey') === key,
  wrongKey: { status: 403, body: 'no' },
  item: ({ title, link, magnet, infoHash, sizeBytes, seeders, leechers, published }) =>
    [
      `<item>${element('title', title)}${element('link', link)}${element('pubDate', published?.toUTCString())}`,
      element('torrent:magnetURI', magnet),
      element('torrent:infoHash', infoHash),
      element('torrent:contentLength', sizeBytes),
      element('torrent:seeds', seeders),
      element('torrent:peers', typeof seeders === 'number' && typeof leechers === 'number' ? seeders + leechers : leechers),
      '</item>',
    ].join(''),
  document: (items) =>
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:torrent="http://feed.test/torrent/"><channel>${items.join('\n')}</channel></rss>`,
  spoil: spoilXml,
})
