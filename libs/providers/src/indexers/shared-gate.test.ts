import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Bus, openBus } from '@torrentino/bus'
import { createHttpClient } from '@torrentino/runtime'
import { sharedRedisUrl, startTorznab, type TorznabServer } from '@torrentino/testkit'
import { Redis } from 'ioredis'
import { createTorznabSearcher } from '../searchers/torznab/index.js'
import { readHealth } from './health.js'
import { createSharedGate } from './shared-gate.js'
import { keyOf } from './shared-state.js'

const KEY = 'k3y-of-the-indexer'
const { signal } = new AbortController()
const http = createHttpClient()
let server: TorznabServer
let redis: Redis
let bus: Bus
let prefix: string

beforeAll(async () => {
  const magnetUri = `magnet:?xt=urn:btih:${'a'.repeat(40)}`
  server = await startTorznab({ items: [{ title: 'Artist Album', magnetUri, offer: 'redirect' }], apiKey: KEY })
  redis = new Redis(await sharedRedisUrl())
})

beforeEach(async () => {
  await bus?.close()
  prefix = `gate-${randomUUID().slice(0, 8)}`
  bus = openBus({ url: await sharedRedisUrl(), prefix, onError: () => {} })
  await bus.ready()
  server.requests.length = 0
})

afterAll(async () => {
  http.close()
  redis.disconnect()
  await Promise.all([bus?.close(), server.close()])
})

function searcher(requestsPerMinute: number, gate = createSharedGate(bus)) {
  const config = { name: 'one', url: server.url, apiKey: KEY, timeoutMs: 2000, categories: [3000], requestsPerMinute }
  return createTorznabSearcher(config, { http, gate })
}

test('searches, capabilities and downloads take a place each; then nobody is asked, and one learns for how long', async () => {
  const one = searcher(3)
  const [found] = await one.search({ text: 'artist' }, { signal })
  if (!found) throw new Error('nothing found')
  for (let taken = server.requests.length; taken < 3; taken += 1) await one.getFiles(found, { signal })
  const refused = { code: 'indexer_limited', why: 'limited', retryAfterMs: expect.any(Number) }
  await expect(one.search({ text: 'album' }, { signal })).rejects.toMatchObject(refused)
  await expect(one.getFiles(found, { signal })).rejects.toMatchObject(refused)
  expect(server.requests).toHaveLength(3)
  expect(await readHealth(bus, { name: 'one', requestsPerMinute: 3 })).toMatchObject({ state: 'limited', requests_last_minute: 3 })
})

test('one that is left alone is not asked, and costs no place; somebody who wants to know may ask it', async () => {
  const { now: began } = await bus.ladders.look(keyOf('one'))
  await bus.ladders.climb(keyOf('one'), { began, error: 'gone', stepsMs: [3_600_000], atLeastMs: 3_600_000 })
  await expect(searcher(3).search({ text: 'artist' }, { signal })).rejects.toMatchObject({ why: 'paused' })
  expect(server.requests).toEqual([])
  await searcher(3, createSharedGate(bus, { heedPauses: false })).search({ text: 'artist' }, { signal })
  expect(server.requests.length).toBeGreaterThan(0)
})

test('nothing of an address is kept', async () => {
  await searcher(2).search({ text: 'artist' }, { signal })
  for (let turn = 0; turn < 2; turn += 1)
    await searcher(2)
      .search({ text: 'artist' }, { signal })
      .catch(() => {})
  const keys = await redis.keys(`${prefix}:*`)
  const held = await Promise.all(keys.map(async (key) => redis.dump(key)))
  expect(keys.length).toBeGreaterThan(2)
  expect(`${keys.join()} ${held.join()}`).not.toContain(KEY)
})
