import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createHttpClient } from '@torrentino/runtime'
import { type ContractServer, startContractServer } from '../contract/server.js'
import { OPEN_GATE } from '../indexer-gate.js'
import { createJackettSearcher } from './index.js'

const KEY = 'abcdef0123456789'
const { signal } = new AbortController()
const http = createHttpClient()
let server: ContractServer
let answer: { Results: unknown[]; Indexers?: unknown }
let asked: URL
beforeAll(async () => {
  server = await startContractServer((url) => {
    asked = url
    return { body: JSON.stringify(answer), headers: { 'content-type': 'application/json; charset=utf-8' } }
  })
})
afterAll(async () => {
  http.close()
  await server.close()
})

async function search(Results: unknown[], Indexers?: unknown, categories?: number[]) {
  answer = { Results, Indexers }
  const notes: string[] = []
  const searcher = createJackettSearcher(
    { name: 'j', url: server.origin, apiKey: KEY, timeoutMs: 60_000, categories },
    { http, gate: OPEN_GATE },
  )
  const found = await searcher.search({ text: 'band & album' }, { signal, onPartial: (text) => notes.push(text) })
  return { found, notes }
}

const release = (more: object = {}) => ({ Title: 'Good', Link: 'http://i.test/1', Seeders: 7, Peers: 3, ...more })
const worked = { ID: 'a', Name: 'A', Status: 2, Results: 1, Error: null }
const broke = { ID: 'b', Name: 'B', Status: 1, Error: `Exception (b): GET http://t.test/x?passkey=1234 failed with ${KEY}` }
const lost = { ID: null, Name: null, Status: 0, Error: null }

test('asks all of its indexers, without the categories of single trackers', async () => {
  await search([], [], [3000, 3040, 100_042])
  expect(asked.pathname).toBe('/api/v2.0/indexers/all/results')
  expect([...asked.searchParams]).toEqual([
    ['apikey', KEY],
    ['Query', 'band & album'],
    ['Category[]', '3000'],
    ['Category[]', '3040'],
  ])
})

test('in JSON the peers are the leechers', async () => {
  expect((await search([release()])).found).toMatchObject([{ seeders: 7, leechers: 3 }])
  expect((await search([release({ Peers: 3, Seeders: 20 })])).found).toMatchObject([{ seeders: 20, leechers: 3 }])
})

test('what trackers demand is kept', async () => {
  const demands = { MinimumRatio: 1.5, MinimumSeedTime: 172_800 }
  expect((await search([release(demands)])).found).toMatchObject([{ min_ratio: 1.5, min_seed_time_secs: 172_800 }])
})

test('the key is in no link, however it is written', async () => {
  const path = `path=Q2ZESjh&file=x`
  const links = [`http://j:9117/dl/a/?jackett_apikey=${KEY}&${path}`, `http://j:9117/dl/a/?${path}&jackett_apikey=${KEY}`]
  const { found } = await search(links.map((Link) => release({ Link, BlackholeLink: Link, Poster: Link })))
  expect(JSON.stringify(found)).not.toContain(KEY)
  expect(found[0]?.download_url).toBe(`http://j:9117/dl/a/?jackett_apikey={apikey}&${path}`)
})

test('no magnet is made up for a private tracker', async () => {
  const InfoHash = 'a'.repeat(40)
  const offer = (TrackerType: string) => release({ Link: null, InfoHash, TrackerType })
  const { found } = await search([offer('private'), offer('semi-private'), offer('public')])
  expect(found).toMatchObject([{ magnet_uri: `magnet:?xt=urn:btih:${InfoHash}&dn=Good` }])
})

test('says which of its indexers has it', async () => {
  const { found } = await search([release({ Tracker: 'The Tracker', TrackerId: 'thetracker' }), release({ Tracker: 'a/b\n' }), release()])
  expect(found.map(({ indexer }) => indexer)).toEqual(['j/thetracker', 'j/a b', 'j'])
})

test('some failed: the rest is used, and it is said which', async () => {
  const { found, notes } = await search([release()], [worked, broke, lost])
  expect(found).toHaveLength(1)
  expect(notes).toEqual(['j: 2 of its 3 indexers failed (B: Exception (b): GET http://t.test/x failed with ***; one: no reason given)'])
})

test.each([[[worked]], [[{ ...worked, Status: 'OK' }]], [[{ ID: 'a' }]], [[]], [undefined], ['rubbish']])(
  'nothing found is believed with indexers %j',
  async (indexers) => {
    expect(await search([], indexers)).toEqual({ found: [], notes: [] })
  },
)

test('all failed: no result is no answer', async () => {
  await expect(search([], [broke, lost])).rejects.toMatchObject({ kind: 'retryable', code: 'indexer_error' })
})

test.each([[{}], [{ Results: null }], [{ Results: 'x' }], [[]], ['text'], [null]])('%j is no answer of Jackett', async (json) => {
  answer = json as typeof answer
  const searcher = createJackettSearcher({ name: 'j', url: server.origin, timeoutMs: 60_000 }, { http, gate: OPEN_GATE })
  await expect(searcher.search({ text: 'x' }, { signal })).rejects.toMatchObject({ kind: 'permanent', code: 'indexer_error' })
})
