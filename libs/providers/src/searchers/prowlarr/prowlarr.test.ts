import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { createHttpClient } from '@torrentino/runtime'
import { type ContractServer, type Reply, startContractServer } from '../contract/server.js'
import { OPEN_GATE } from '../indexer-gate.js'
import { createProwlarrSearcher } from './index.js'

const KEY = 'abcdef0123456789'
const HASH = '0123456789abcdef0123456789abcdef01234567'
const MAGNET = `magnet:?xt=urn:btih:${HASH}`
const { signal } = new AbortController()
const http = createHttpClient()
let server: ContractServer
let replies: Record<string, Reply>
let asked: URL[]
beforeAll(async () => {
  server = await startContractServer((url, headers) => {
    asked.push(url)
    if (url.pathname.startsWith('/2/download')) return { status: 301, headers: { location: MAGNET } }
    return headers['x-api-key'] === KEY ? (replies[url.pathname] ?? { body: '[]' }) : { status: 401, body: '{"error":"Unauthorized"}' }
  })
})
beforeEach(() => {
  replies = {}
  asked = []
})
afterAll(async () => {
  http.close()
  await server.close()
})

const create = (ids?: number[]) =>
  createProwlarrSearcher(
    { name: 'p', url: server.origin, apiKey: KEY, timeoutMs: 60_000, categories: [3000, 3040], ids },
    { http, gate: OPEN_GATE },
  )

async function search(releases: unknown, { ids, failing = [] }: { ids?: number[]; failing?: unknown[] } = {}) {
  replies['/api/v1/search'] = { body: JSON.stringify(releases) }
  replies['/api/v1/indexerstatus'] = { body: JSON.stringify(failing) }
  const notes: string[] = []
  const found = await create(ids).search({ text: 'band & album' }, { signal, onPartial: (text) => notes.push(text) })
  return { found, notes }
}

const release = (more: object = {}) => ({
  title: 'Good',
  protocol: 'torrent',
  downloadUrl: 'http://i.test/1',
  seeders: 7,
  leechers: 3,
  ...more,
})
const later = new Date(Date.now() + 3_600_000).toISOString()

test.each<[number[] | undefined, string[]]>([
  [undefined, ['-2']],
  [
    [1, 5],
    ['1', '5'],
  ],
])('asks the indexers %j, repeating the names of lists', async (ids, sent) => {
  await search([release()], { ids })
  expect(asked.map(({ pathname }) => pathname)).toEqual(['/api/v1/search'])
  expect([...(asked[0] as URL).searchParams]).toEqual([
    ['query', 'band & album'],
    ['type', 'search'],
    ...sent.map((id) => ['indexerIds', id]),
    ['categories', '3000'],
    ['categories', '3040'],
    ['limit', '100'],
    ['offset', '0'],
  ])
})

test('leechers are leechers', async () => {
  expect((await search([release()])).found).toMatchObject([{ seeders: 7, leechers: 3 }])
})

test('usenet is left out', async () => {
  expect((await search([release({ protocol: 'usenet' }), release({ protocol: 'Torrent' })])).found).toHaveLength(1)
})

test('its magnetUrl is a link that redirects to the magnet, and holds the key', async () => {
  const magnetUrl = `${server.origin}/2/download?apikey=${KEY}&link=abc&file=Good`
  const { found } = await search([release({ downloadUrl: null, magnetUrl, indexer: 'The Tracker' })])
  expect(found).toMatchObject([
    { indexer: 'p/The Tracker', magnet_uri: undefined, download_url: `${server.origin}/2/download?apikey={apikey}&link=abc&file=Good` },
  ])
  const files = await create().getFiles(found[0] as (typeof found)[0], { signal })
  expect(files).toEqual({ infoHash: HASH, files: [], magnetUri: MAGNET })
  expect(asked.at(-1)?.searchParams.get('apikey')).toBe(KEY)
})

test('a real magnet there is one all the same', async () => {
  expect((await search([release({ downloadUrl: undefined, magnetUrl: MAGNET })])).found).toMatchObject([
    { magnet_uri: MAGNET, info_hash: HASH },
  ])
})

test('no magnet is made up of a hash alone', async () => {
  expect((await search([release({ downloadUrl: undefined, infoHash: HASH })])).found).toEqual([])
})

test.each([
  ['no indexer in trouble', []],
  ['troubles of the past', [{ indexerId: 5, disabledTill: '2020-01-01T00:00:00Z' }]],
  ['states that are none', [{ indexerId: 'x' }, null, 7]],
])('nothing found is believed with %s', async (_name, failing) => {
  expect(await search([], { failing })).toEqual({ found: [], notes: [] })
})

test('an empty list while an indexer is in trouble is no full answer', async () => {
  const { notes } = await search([], { ids: [1, 5], failing: [{ indexerId: 5, disabledTill: later }] })
  expect(notes).toEqual(['p: found nothing, but leaves indexers alone that failed (number 5)'])
})

test('an empty list while all that were asked are in trouble is none', async () => {
  const work = search([], { ids: [5], failing: [{ indexerId: 5, disabledTill: later }] })
  await expect(work).rejects.toMatchObject({ kind: 'retryable', code: 'indexer_error' })
})

test('an empty list of a server that then fails is none', async () => {
  replies['/api/v1/indexerstatus'] = { status: 500 }
  await expect(create().search({ text: 'x' }, { signal })).rejects.toMatchObject({ kind: 'retryable' })
})

test('a search that failed is explained', async () => {
  replies['/api/v1/search'] = { status: 400, body: `{"message": "Search failed at http://i/?apikey=${KEY}", "description": "at x"}` }
  await expect(create().search({ text: 'x' }, { signal })).rejects.toMatchObject({
    kind: 'retryable',
    message: 'p: could not search: Search failed at http://i/',
  })
})

test.each([[{}], ['text'], [null], [7]])('%j is no answer of Prowlarr', async (json) => {
  await expect(search(json)).rejects.toMatchObject({ kind: 'permanent', code: 'indexer_error' })
})
