import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type Bus, openBus } from '@torrentino/bus'
import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { createHttpClient, createMetrics, loadConfig, silentLogger } from '@torrentino/runtime'
import { createTestRedis, sampleCandidate, sharedRedisUrl, startTorznab, type TorznabServer, waitFor } from '@torrentino/testkit'
import { searchAll } from '../searchers/search-all.js'
import type { TorrentSearcher } from '../searchers/searcher.js'
import { answerKey } from './answer-memory.js'
import { createIndexerEvents } from './events.js'
import { createPoliteSearcher, type PoliteOptions } from './polite-searcher.js'
import { politeSearchers } from './polite-searchers.js'
import { keyOf } from './shared-state.js'

const HOUR = 3_600_000
const INDEXER = { name: 'one', kind: 'torznab', url: 'http://one.example/', categories: [3000, 3010], timeoutMs: 30_000 }
const buses: Bus[] = []

async function openTestBus(prefix = `polite-${randomUUID().slice(0, 8)}`, url?: string): Promise<Bus> {
  const bus = openBus({ url: url ?? (await sharedRedisUrl()), prefix, onError: () => {} })
  buses.push(bus)
  await bus.ready()
  return bus
}

afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())))

type Search = TorrentSearcher['search']

/** A searcher that counts, and answers as it is told to. */
function indexer(answer: Search = async () => [sampleCandidate()], getFiles: TorrentSearcher['getFiles'] = async () => null) {
  const inner = {
    name: 'one',
    asked: 0,
    search: (async (query, options) => {
      inner.asked += 1
      return answer(query, options)
    }) as Search,
    getFiles,
  }
  return inner
}

function politely(inner: TorrentSearcher, state: Bus, change: Partial<PoliteOptions> = {}) {
  const metrics = createMetrics('test', { processMetrics: false })
  const events = createIndexerEvents(silentLogger, metrics)
  const options = { state, events, cacheMs: HOUR, responseMs: () => 7, ...change }
  return Object.assign(createPoliteSearcher(inner, INDEXER, options), { metrics })
}

async function ask(searcher: TorrentSearcher, text = 'artist album') {
  let cached = false
  const candidates = await searcher.search({ text }, { signal: new AbortController().signal, onCached: () => (cached = true) })
  return { candidates, cached }
}

const failing =
  (error: unknown): Search =>
  async () =>
    Promise.reject(error)
const gone = new StageError('retryable', 'indexer_unreachable', 'one: no answer')

describe('equal searches', () => {
  test('of fifty tickets in two replicas, at the same moment and later, cost one request', async () => {
    const first = await openTestBus('polite-shared')
    const inner = indexer()
    const replicas = [politely(inner, first), politely(inner, await openTestBus('polite-shared'))]
    const answers = await Promise.all(Array.from({ length: 50 }, (_, turn) => ask(replicas[turn % 2] as TorrentSearcher, '50 tickets')))
    expect(inner.asked).toBe(1)
    expect(answers.filter(({ cached }) => cached)).toHaveLength(49)
    for (const { candidates } of answers) expect(candidates).toEqual([sampleCandidate()])
    expect(await ask(replicas[1] as TorrentSearcher, ' 50  Tickets')).toMatchObject({ cached: true })
    await first.memory.put(answerKey(INDEXER, { text: '50 tickets' }), Buffer.from('x'), 1)
  })

  test.each([
    ['other words', INDEXER, { text: 'other' }],
    ['another album', INDEXER, { text: 'a', album: 'b' }],
    ['other categories', { ...INDEXER, categories: [3010] }, { text: 'a' }],
    ['another indexer', { ...INDEXER, name: 'two' }, { text: 'a' }],
    ['another address', { ...INDEXER, url: 'http://two.example/' }, { text: 'a' }],
  ])('are not those with %s', (_what, who, query) => {
    expect(answerKey(who, query)).not.toBe(answerKey(INDEXER, { text: 'a' }))
    expect(answerKey({ ...INDEXER, categories: [3010, 3000] }, { text: ' A' })).toBe(answerKey(INDEXER, { text: 'a' }))
  })

  test('failures are not remembered, and what cannot be read is asked again', async () => {
    const bus = await openTestBus()
    const answers: Search[] = [failing(new TypeError('odd')), async () => [], async () => [sampleCandidate()]]
    const inner = indexer((query, options) => (answers.shift() as Search)(query, options))
    const one = politely(inner, bus)
    await expect(ask(one)).rejects.toThrow('odd')
    expect(await ask(one)).toEqual({ candidates: [], cached: false })
    expect(await ask(one)).toEqual({ candidates: [], cached: true })
    await bus.memory.put(answerKey(INDEXER, { text: 'artist album' }), Buffer.from('of another version'), HOUR)
    expect(await ask(one)).toMatchObject({ candidates: [{}], cached: false })
  })

  test('an answer that is known to be incomplete is kept for a minute at most, and said to be so', async () => {
    const inner = indexer(async (_query, { onPartial }) => {
      onPartial?.('one of its indexers failed')
      return [sampleCandidate()]
    })
    const bus = await openTestBus()
    const kept: number[] = []
    const memory = {
      ...bus.memory,
      put: async (key: string, value: Buffer, ttlMs: number) => {
        kept.push(ttlMs)
        await bus.memory.put(key, value, ttlMs)
      },
    }
    const one = politely(inner, { ...bus, memory })
    for (const cached of [false, true]) {
      const answer = await searchAll([one], { text: 'x' }, { signal: new AbortController().signal, perSearcherTimeoutMs: 9000 })
      const [executed] = answer.executed
      expect([executed?.cached ?? false, executed?.partial, executed?.results_count]).toEqual([cached, 'one of its indexers failed', 1])
    }
    expect(kept).toEqual([60_000])
  })

  test('of the same moment fail together where the one that is asked for all fails; later they are asked again', async () => {
    const fail: (() => void)[] = []
    const inner = indexer(() => new Promise((_resolve, reject) => fail.push(() => reject(gone))))
    const prefix = `polite-${randomUUID().slice(0, 8)}`
    const [one, two] = [await openTestBus(prefix), await openTestBus(prefix)].map((bus) => politely(inner, bus))
    if (!one || !two) throw new Error('two replicas')
    const asked = ask(one)
    await waitFor('the question', () => inner.asked === 1)
    const awaited = [ask(one), ask(two), ask(two)]
    for (let turn = 0; turn < 3; turn += 1) await Promise.all(buses.map((bus) => bus.check()))
    fail[0]?.()
    await expect(asked).rejects.toBe(gone)
    for (const one of awaited) await expect(one).rejects.toMatchObject({ code: 'indexer_unreachable', message: gone.message })
    expect(inner.asked).toBe(1)
    inner.search = async () => [sampleCandidate()]
    expect(await ask(two)).toMatchObject({ candidates: [{}], cached: false })
  })

  test('who died while he asked does not hold up the others', async () => {
    const bus = await openTestBus()
    await bus.leases.take(answerKey(INDEXER, { text: 'artist album' }), 'dead', 1, 300)
    expect(await ask(politely(indexer(), bus))).toMatchObject({ cached: false })
  })

  test('of a big answer the best seeded are kept', async () => {
    const noise = () => Array.from({ length: 30 }, () => randomUUID()).join(' ')
    const many = Array.from({ length: 2000 }, (_, seeders): TorrentCandidate => sampleCandidate({ title: noise(), seeders }))
    const one = politely(
      indexer(async () => many),
      await openTestBus(),
    )
    expect((await ask(one)).candidates).toHaveLength(2000)
    const { candidates, cached } = await ask(one)
    expect(cached).toBe(true)
    expect(candidates.length).toBeGreaterThan(100)
    expect(candidates.length).toBeLessThanOrEqual(500)
    expect(candidates.map(({ seeders }) => seeders)).toEqual(candidates.map((_, place) => 1999 - place))
  })

  test('are asked each time where nothing is to be remembered', async () => {
    const inner = indexer()
    const one = politely(inner, await openTestBus(), { cacheMs: 0 })
    expect([await ask(one), await ask(one)]).toMatchObject([{ cached: false }, { cached: false }])
    expect(inner.asked).toBe(2)
  })
})

describe('a failing indexer', () => {
  test('is left alone by all replicas, and comes back', async () => {
    const prefix = `polite-${randomUUID().slice(0, 8)}`
    let isWell = false
    const inner = indexer(async () => (isWell ? [sampleCandidate()] : Promise.reject(gone)))
    const [one, two] = [await openTestBus(prefix), await openTestBus(prefix)].map((bus) => politely(inner, bus, { pausesMs: [HOUR] }))
    if (!one || !two) throw new Error('two replicas')
    await expect(ask(one)).rejects.toBe(gone)
    await expect(ask(two)).rejects.toMatchObject({ code: 'indexer_paused', why: 'paused', retryAfterMs: expect.any(Number) })
    expect(inner.asked).toBe(1)
    const other: TorrentSearcher = { name: 'other', search: async () => [sampleCandidate()], getFiles: async () => null }
    const { candidates, executed } = await searchAll(
      [two, other],
      { text: 'x' },
      { signal: new AbortController().signal, perSearcherTimeoutMs: 9 },
    )
    expect([candidates.length, executed[0]?.error]).toEqual([
      1,
      expect.stringMatching(/^one: left alone for another \d+ s after 1 failures/),
    ])
    await expect(two.getFiles(sampleCandidate(), { signal: new AbortController().signal })).rejects.toMatchObject({ why: 'paused' })
    isWell = true
    const [bus] = buses
    await bus?.ladders.clear(keyOf('one'))
    expect((await ask(two)).candidates).toHaveLength(1)
    expect(await bus?.ladders.look(keyOf('one'))).toMatchObject({ failures: 0, lastError: 'one: no answer', lastResponseMs: 7 })
    expect(await two.metrics.registry.metrics()).toContain(
      'torrentino_indexer_searches_total{indexer="one",outcome="paused",service="test"} 2',
    )
  })

  test('by itself, when a short pause is over', async () => {
    let failures = 2
    const inner = indexer(async () => (failures-- > 0 ? Promise.reject(gone) : []))
    const one = politely(inner, await openTestBus(), { pausesMs: [0, 50] })
    await waitFor('its answer', () =>
      ask(one).then(
        () => true,
        () => false,
      ),
    )
    expect(inner.asked).toBe(3)
  })

  test('climbs one step by what fails at the same time', async () => {
    const bus = await openTestBus()
    const refusals: (() => void)[] = []
    const inner = indexer(() => new Promise((_resolve, reject) => refusals.push(() => reject(gone))))
    const one = politely(inner, bus)
    const searches = Array.from({ length: 8 }, (_, turn) => ask(one, `words ${turn}`))
    await waitFor('all to be asked', () => refusals.length === 8)
    for (const refuse of refusals) refuse()
    await Promise.allSettled(searches)
    expect(await bus.ladders.look(keyOf('one'))).toMatchObject({ failures: 1, pausedUntil: null })
  })

  test.each<[string, unknown, number, boolean]>([
    ['a refusal for good', new StageError('permanent', 'indexer_auth', 'one: refuses us'), 1, false],
    ['being told to wait', new StageError('retryable', 'indexer_rate_limited', 'one: too many', { retryAfterMs: HOUR }), 1, true],
    ['a fault of ours', new TypeError('odd'), 0, false],
  ])('%s', async (_what, error, failures, isPaused) => {
    const bus = await openTestBus()
    await expect(ask(politely(indexer(failing(error)), bus))).rejects.toBe(error)
    const standing = await bus.ladders.look(keyOf('one'))
    expect([standing.failures, standing.pausedUntil !== null]).toEqual([failures, isPaused])
    expect(standing.lastError).toBe(failures > 0 ? (error as Error).message : null)
  })

  test('of file lists only being told to wait counts: links lead anywhere', async () => {
    const bus = await openTestBus()
    const busy = new StageError('retryable', 'indexer_rate_limited', 'one: too many', { retryAfterMs: HOUR })
    const errors = [gone, busy]
    const one = politely(
      indexer(undefined, async () => Promise.reject(errors.shift())),
      bus,
    )
    const files = () => one.getFiles(sampleCandidate(), { signal: new AbortController().signal })
    await expect(files()).rejects.toBe(gone)
    expect(await bus.ladders.look(keyOf('one'))).toMatchObject({ failures: 0 })
    await expect(files()).rejects.toBe(busy)
    expect(await bus.ladders.look(keyOf('one'))).toMatchObject({ failures: 1, pausedUntil: expect.any(Number) })
  })
})

describe('with Redis away', () => {
  const servers: { drop(): Promise<void> }[] = []
  afterAll(() => Promise.all(servers.map((server) => server.drop())))

  test('nobody is asked, and the search is put off', async () => {
    const server = await createTestRedis()
    servers.push(server)
    const bus = await openTestBus('away', server.url)
    await server.stop()
    const inner = indexer()
    const one = politely(inner, bus)
    await expect(ask(one)).rejects.toMatchObject({ name: 'StageError', kind: 'retryable', code: 'redis_away' })
    const all = searchAll([one], { text: 'x' }, { signal: new AbortController().signal, perSearcherTimeoutMs: 9000 })
    await expect(all).rejects.not.toMatchObject({ name: 'StageError' })
    expect(inner.asked).toBe(0)
    await server.start()
    await waitFor('the answer', () =>
      ask(one).then(
        () => true,
        () => false,
      ),
    )
  })
})

describe('an indexer that hangs', () => {
  let hanging: TorznabServer
  let working: TorznabServer
  beforeAll(async () => {
    const items = [{ title: 'Artist Album', magnetUri: `magnet:?xt=urn:btih:${'a'.repeat(40)}` }]
    ;[hanging, working] = await Promise.all([startTorznab({ items, fault: { kind: 'held' } }), startTorznab({ items })])
  })
  afterAll(() => Promise.all([hanging?.close(), working?.close()]))

  test('costs its own time-out, holds up nobody, and is left alone then', async () => {
    const config = loadConfig({
      ...{ AUTH_METHOD: 'none', DATABASE_URL: 'postgres://localhost/unused', REDIS_URL: 'redis://localhost', MEDIA_ROOTS: '/media' },
      SEARCHER_INDEXERS: JSON.stringify([
        { name: 'hangs', url: hanging.url, timeout_secs: 1.5, requests_per_minute: 50 },
        { name: 'works', url: working.url, timeout_secs: 60, requests_per_minute: 50 },
      ]),
    })
    const http = createHttpClient()
    const events = createIndexerEvents(silentLogger, createMetrics('test', { processMetrics: false }))
    const searchers = politeSearchers(config, { http, state: await openTestBus(), events, pausesMs: [HOUR] })
    const search = (text: string) => searchAll(searchers, { text }, { signal: new AbortController().signal, perSearcherTimeoutMs: HOUR })
    const first = await search('artist')
    const asked = hanging.requests.length
    const second = await search('album')
    for (const { candidates } of [first, second]) expect(candidates).toMatchObject([{ title: 'Artist Album', indexer: 'works' }])
    expect(first.executed).toMatchObject([
      { error: expect.stringMatching(/^hangs: .*no complete answer within 1\.[0-4]\d* s$/) },
      { results_count: 1 },
    ])
    expect(second.executed).toMatchObject([{ error: expect.stringContaining('hangs: left alone') }, { results_count: 1 }])
    expect(hanging.requests).toHaveLength(asked)
    http.close()
  })
})
