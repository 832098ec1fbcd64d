import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createHttpClient, loadConfig } from '@torrentino/runtime'
import { configuredSearchers } from './configured.js'
import { type ContractServer, startContractServer } from './contract/server.js'
import { OPEN_GATE } from './indexer-gate.js'

const http = createHttpClient()
let server: ContractServer
const asked: string[] = []
beforeAll(async () => {
  server = await startContractServer((url) => {
    if (url.searchParams.get('t') === 'caps') return { status: 404 }
    asked.push(url.pathname)
    if (url.pathname.endsWith('/results')) return { body: '{"Results":[]}' }
    return { body: url.pathname.startsWith('/api/v1') ? '[{}]' : '<rss><channel/></rss>' }
  })
})
afterAll(async () => {
  http.close()
  await server.close()
})

test('each indexer of the settings is asked in the way of its kind', async () => {
  const { origin } = server
  const config = loadConfig({
    AUTH_METHOD: 'none',
    DATABASE_URL: 'postgres://db/x',
    REDIS_URL: 'redis://r',
    MEDIA_ROOTS: '/media',
    SEARCHER_INDEXERS: JSON.stringify([
      { name: 'plain', url: `${origin}/t` },
      { name: 'feed', kind: 'rss', url: `${origin}/rss` },
    ]),
    SEARCHER_JACKETT_URL: origin,
    SEARCHER_JACKETT_API_KEY: 'key-of-jackett',
    SEARCHER_JACKETT_INDEXERS: 'all,one',
    SEARCHER_PROWLARR_URL: origin,
    SEARCHER_PROWLARR_API_KEY: 'key-of-prowlarr',
    SEARCHER_PROWLARR_INDEXERS: 'all,7',
  })
  const searchers = configuredSearchers(config, { http, gate: OPEN_GATE })
  expect(searchers.map(({ name }) => name)).toEqual(['plain', 'feed', 'jackett', 'one', 'prowlarr', 'prowlarr-7'])
  for (const searcher of searchers) await searcher.search({ text: 'x' }, { signal: new AbortController().signal })
  expect(asked).toEqual([
    '/t/api',
    '/rss',
    '/api/v2.0/indexers/all/results',
    '/api/v2.0/indexers/one/results/torznab/api',
    '/api/v1/search',
    '/7/api',
  ])
})
