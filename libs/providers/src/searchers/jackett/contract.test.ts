import { spoilJson } from '../contract/items.js'
import { searcherContract } from '../contract/searcher-contract.js'
import { createJackettSearcher } from './index.js'

searcherContract({
  create: createJackettSearcher,
  address: '/sub/',
  hasKey: (url, _headers, key) => url.pathname === '/sub/api/v2.0/indexers/all/results' && url.searchParams.get('apikey') === key,
  wrongKey: { status: 401 },
  item: ({ title, link, magnet, infoHash, sizeBytes, seeders, leechers, published }) =>
    JSON.stringify({
      Title: title,
      Link: link,
      MagnetUri: magnet,
      InfoHash: infoHash,
      Size: sizeBytes,
      Seeders: seeders,
      Peers: leechers,
      PublishDate: published?.toISOString(),
    }),
  document: (items) => `{"Results":[${items.join(',')}],"Indexers":[{"ID":"one","Name":"One","Status":2,"Results":1,"Error":null}]}`,
  spoil: spoilJson,
})
