import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Bus, openBus } from '@torrentino/bus'
import { createClient } from '@torrentino/client'
import { IndexerList, IndexerTest, IndexerView, Stats } from '@torrentino/domain'
import { indexerKey } from '@torrentino/providers'
import {
  createTestDatabase,
  createTestRedis,
  startTorznab,
  type TestDatabase,
  type TestRedis,
  type TorznabServer,
} from '@torrentino/testkit'
import { KEYS, openGateway, type TestGateway } from './test-support/test-gateway.js'

const KEY = 'topsecretkey'
const HOUR = 3_600_000
const MAGNET = `magnet:?xt=urn:btih:${'a'.repeat(40)}`
let database: TestDatabase
let redis: TestRedis
let torznab: TorznabServer
let gateway: TestGateway
let bus: Bus

beforeAll(async () => {
  ;[database, redis, torznab] = await Promise.all([
    createTestDatabase(),
    createTestRedis(),
    startTorznab({ items: ['A Test Album', 'Another'].map((title) => ({ title, magnetUri: MAGNET })), apiKey: KEY }),
  ])
})

beforeEach(async () => {
  const indexers = [
    { name: 'one', url: torznab.url, api_key: KEY, timeout_secs: 60, requests_per_minute: 20 },
    { name: 'two', url: 'http://127.0.0.1:9/', timeout_secs: 60, categories: [3010] },
  ]
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: redis.url, env: { SEARCHER_INDEXERS: JSON.stringify(indexers) } })
  bus = openBus({ url: redis.url, prefix: gateway.config.redis.prefix, onError: () => {} })
  await bus.ready()
})

afterEach(async () => {
  torznab.setFault(undefined)
  await bus.close()
  await gateway.close()
})

afterAll(async () => {
  await Promise.all([database?.drop(), redis?.drop(), torznab?.close()])
})

async function failed(name: string, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    const { now: began } = await bus.ladders.look(indexerKey(name))
    await bus.ladders.climb(indexerKey(name), { began: began + turn + 1, error: `${name}: no answer`, stepsMs: [0, HOUR] })
  }
}

describe('indexers', () => {
  it('are listed with what all replicas know of them, without address and key', async () => {
    await failed('two', 2)
    const { status, json, text } = await gateway.call('GET', '/api/v1/indexers')
    expect(status).toBe(200)
    expect(IndexerList.parse(json).indexers).toEqual([
      {
        ...{ name: 'one', kind: 'torznab', timeout_secs: 60, categories: [3000], state: 'ok', failures: 0, paused_until: null },
        ...{ requests_per_minute: 20, requests_last_minute: 0, last_success_at: null, last_failure_at: null },
        ...{ last_error: null, last_response_ms: null },
      },
      {
        ...{ name: 'two', kind: 'torznab', timeout_secs: 60, categories: [3010], state: 'paused', failures: 2 },
        ...{ paused_until: expect.any(String), requests_per_minute: null, requests_last_minute: 0, last_success_at: null },
        ...{ last_failure_at: expect.any(String), last_error: 'two: no answer', last_response_ms: null },
      },
    ])
    expect(text).not.toMatch(/topsecretkey|127\.0\.0\.1/)
    expect(IndexerView.parse((await gateway.call('GET', '/api/v1/indexers/two')).json)).toMatchObject({ name: 'two', failures: 2 })
  })

  it('show in the statistics, by state only', async () => {
    await failed('two', 2)
    const { json } = await gateway.call('GET', '/api/v1/stats', { as: 'ann' })
    expect(Stats.parse(json).indexers).toEqual([
      { name: 'one', state: 'ok', failures: 0, paused_until: null },
      { name: 'two', state: 'paused', failures: 2, paused_until: expect.any(String) },
    ])
    expect(JSON.stringify(json.indexers)).not.toContain('no answer')
  })

  it('are asked for real, also while they are left alone, and a success ends that', async () => {
    await failed('one', 2)
    const { status, json } = await gateway.call('POST', '/api/v1/indexers/one/test')
    expect([status, IndexerTest.parse(json)]).toEqual([
      200,
      {
        success: true,
        message: 'one answers; it found 1 torrents for the word "test"',
        response_time_ms: expect.any(Number),
        results_count: 1,
      },
    ])
    expect((await gateway.call('GET', '/api/v1/indexers/one')).json).toMatchObject({
      ...{ state: 'ok', failures: 0, paused_until: null, last_success_at: expect.any(String), last_response_ms: expect.any(Number) },
      requests_last_minute: torznab.requests.length,
    })
  })

  it('tell in a sentence why not, and trying is no step up', async () => {
    torznab.setFault({ kind: 'status', status: 500 })
    const first = IndexerTest.parse((await gateway.call('POST', '/api/v1/indexers/one/test')).json)
    const second = IndexerTest.parse((await gateway.call('POST', '/api/v1/indexers/two/test')).json)
    expect(first).toMatchObject({ success: false, message: 'one: cannot answer now (HTTP 500)', results_count: null })
    expect(second).toMatchObject({ success: false, message: expect.stringMatching(/^two: /) })
    for (const name of ['one', 'two'])
      expect((await gateway.call('GET', `/api/v1/indexers/${name}`)).json).toMatchObject({
        ...{ state: 'failing', failures: 0, last_failure_at: expect.any(String) },
        last_error: expect.stringMatching(/^(one|two): /),
      })
  })

  it('keep to their limit under test, too', async () => {
    for (let turn = 0; turn < 20; turn += 1) await bus.limits.take(indexerKey('one'), { places: undefined, leaseMs: HOUR })
    const before = torznab.requests.length
    const { json } = await gateway.call('POST', '/api/v1/indexers/one/test')
    expect(json).toMatchObject({ success: false, message: expect.stringMatching(/^one: its requests of this minute are taken/) })
    expect(torznab.requests).toHaveLength(before)
    expect((await gateway.call('GET', '/api/v1/indexers/one')).json).toMatchObject({ state: 'limited', last_failure_at: null })
  })

  it('are for admins, and only those that there are', async () => {
    const cases = [
      ['GET', '/api/v1/indexers', 'ann', 403],
      ['POST', '/api/v1/indexers/one/test', 'ann', 403],
      ['GET', '/api/v1/indexers', 'nobody', 401],
      ['GET', '/api/v1/indexers/three', 'admin', 404],
      ['POST', '/api/v1/indexers/three/test', 'admin', 404],
    ] as const
    const answers = await Promise.all(cases.map(([method, path, as]) => gateway.call(method, path, { as })))
    expect(answers.map(({ status }) => status)).toEqual(cases.map(([, , , status]) => status))
  })

  it('come through the client', async () => {
    const admin = createClient({ baseUrl: gateway.url, token: KEYS.admin })
    expect((await admin.indexers()).indexers.map(({ name }) => name)).toEqual(['one', 'two'])
    expect(await admin.indexer('one')).toMatchObject({ name: 'one', kind: 'torznab' })
    expect(await admin.testIndexer('one')).toMatchObject({ success: true, results_count: 1 })
    await expect(admin.indexer('../config')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are unknown while Redis is away, and nobody is asked', async () => {
    const before = torznab.requests.length
    await redis.stop()
    const answers = await Promise.all([
      gateway.call('GET', '/api/v1/indexers'),
      gateway.call('POST', '/api/v1/indexers/one/test'),
      gateway.call('GET', '/api/v1/stats'),
    ])
    await redis.start()
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200])
    expect(answers[2]?.json).toMatchObject({ indexers: null, queues: null })
    expect(torznab.requests).toHaveLength(before)
  })
})
