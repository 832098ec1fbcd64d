import { spoilJson } from '../contract/items.js'
import { searcherContract } from '../contract/searcher-contract.js'
import { createProwlarrSearcher } from './index.js'

searcherContract({
  create: createProwlarrSearcher,
  address: '/',
  hasKey: (url, headers, key) => url.pathname.startsWith('/api/v1/') && headers['x-api-key'] === key && !url.href.includes('k3y'),
  wrongKey: { status: 401, body: '{"error":"Unauthorized"}' },
  aside: (url) => (url.pathname === '/api/v1/indexerstatus' ? { body: '[]' } : undefined),
  item: ({ title, link, magnet, infoHash, sizeBytes, seeders, leechers, published }) =>
    JSON.stringify({
      title,
      protocol: 'torrent',
      downloadUrl: link,
      guid: magnet,
      infoHash,
      size: sizeBytes,
      seeders,
      leechers,
      publishDate: published?.toISOString(),
    }),
  document: (items) => `[${items.join(',')}]`,
  spoil: spoilJson,
})
