import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createTestRedis, type TestRedis, waitFor } from '@torrentino/testkit'
import { openBus } from './bus.js'
import { DONE, searchJob, type TestBus, useBus } from './test-support/test-bus.js'

// More by hand: OUTAGES=3000,15000,60000. They run side by side, so the longest one counts.
const LENGTHS = (process.env.OUTAGES ?? '3000,15000').split(',').map(Number)
const WAYS = {
  killed: { away: (server: TestRedis) => server.kill(), back: (server: TestRedis) => server.start() },
  silent: { away: async (server: TestRedis) => server.pause(), back: async (server: TestRedis) => server.resume() },
}

const buses = useBus()
const servers: TestRedis[] = []

async function newServer(): Promise<TestRedis> {
  const server = await createTestRedis()
  servers.push(server)
  return server
}

afterAll(async () => {
  await Promise.all(servers.map((server) => server.drop()))
})

async function addOnceBack(bus: TestBus): Promise<string> {
  const job = searchJob()
  await waitFor('a queue that takes jobs', () =>
    bus.jobs.add([job]).then(
      () => true,
      () => false,
    ),
  )
  return job.id
}

async function goThrough(way: keyof typeof WAYS, lengthMs: number, busy: boolean): Promise<void> {
  const server = await newServer()
  const bus = await buses.open(server.url)
  const { runs, worker } = buses.work(bus, { silenceMs: 8000, auto: (run) => (busy && run === runs[0] ? null : DONE) })
  if (busy) {
    await bus.jobs.add([searchJob()])
    await waitFor('a run', () => runs.length === 1)
  }
  expect(worker.isAlive()).toBe(true)
  await WAYS[way].away(server)
  const refused = bus.jobs.add([searchJob()]).then(
    () => 'taken',
    () => 'refused',
  )
  await delay(lengthMs)
  if (lengthMs > 10_000 && !busy) expect(worker.isAlive()).toBe(false)
  if (lengthMs > 6000) expect(await refused).toBe('refused')
  await WAYS[way].back(server)
  runs[0]?.end()
  const id = await addOnceBack(bus)
  await waitFor(`a run after ${way} for ${lengthMs} ms`, () => runs.some((run) => run.id === id))
  await waitFor('life', () => worker.isAlive())
}

describe('Redis away', () => {
  // First, since a timer of BullMQ outlives the close by some seconds.
  test.each(['idle', 'running'])('a worker that is %s can be closed', async (state) => {
    const server = await newServer()
    const bus = await buses.open(server.url)
    const { runs, worker } = buses.work(bus)
    if (state === 'running') {
      await bus.jobs.add([searchJob()])
      await waitFor('the run', () => runs.length === 1)
    }
    await server.kill()
    await waitFor('the news', () => bus.errors.length > 0)
    await worker.close(0)
    await bus.close()
    expect(runs.every((run) => run.signal.aborted)).toBe(true)
  })

  test(`a worker takes jobs again after ${LENGTHS.join(', ')} ms, and says when it takes none`, async () => {
    await Promise.all(
      LENGTHS.flatMap((length) => [
        goThrough('killed', length, false),
        goThrough('killed', length, true),
        goThrough('silent', length, false),
      ]),
    )
  })

  test('whoever hands out jobs is refused at once, and served when Redis is back', async () => {
    const server = await newServer()
    const bus = await buses.open(server.url)
    await server.kill()
    await waitFor('the news', () => bus.errors.length > 0)
    const calls = [
      bus.jobs.add([searchJob()]),
      bus.jobs.depths(),
      bus.publish.hint({ kind: 'review_torrent', infoHash: 'x' }),
      bus.isMarked(),
    ]
    const results = await Promise.allSettled(calls)
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
    await server.start()
    await addOnceBack(bus)
  })

  test('a bus that is opened while Redis is away works once it is there', async () => {
    const server = await newServer()
    await server.stop()
    const errors: Error[] = []
    const bus = openBus({ url: server.url, prefix: 'early', onError: (error) => errors.push(error) })
    await expect(bus.jobs.add([searchJob()])).rejects.toThrow()
    await waitFor('a vain attempt', () => errors.length > 0)
    await server.start()
    await bus.ready()
    await bus.jobs.add([searchJob()])
    expect((await bus.jobs.depths()).find((depth) => depth.queue === 'search')?.waiting).toBe(1)
    await bus.close()
  })
})

describe('Redis full', () => {
  test('a job that does not fit is refused, not lost without a word', async () => {
    const server = await newServer()
    const bus = await buses.open(server.url)
    const redis = buses.redis(server.url)
    await redis.config('SET', 'maxmemory', '1mb')
    await expect(bus.jobs.add([searchJob()])).rejects.toThrow(/OOM/)
    expect((await bus.check()).memoryUsed).toBeGreaterThan(1)
    await redis.config('SET', 'maxmemory', '0')
    await bus.jobs.add([searchJob()])
    expect((await bus.jobs.depths()).find((depth) => depth.queue === 'search')?.waiting).toBe(1)
  })

  test('a worker goes on when there is room again', async () => {
    const server = await newServer()
    const bus = await buses.open(server.url)
    const redis = buses.redis(server.url)
    const { runs } = buses.work(bus, { lockMs: 1000, stalledCheckMs: 500, auto: (run) => (run === runs[0] ? null : DONE) })
    await bus.jobs.add([searchJob()])
    await waitFor('the run', () => runs.length === 1)
    await redis.config('SET', 'maxmemory', '1mb')
    const before = bus.errors.length
    runs[0]?.end({ kind: 'later', at: new Date() })
    await waitFor('trouble', () => bus.errors.length > before)
    await redis.config('SET', 'maxmemory', '0')
    const id = await addOnceBack(bus)
    await waitFor('another run', () => runs.some((run) => run.id === id))
  })
})

describe('what Redis must be set to', () => {
  test('eviction is a fault, a missing append-only file a warning, the default of our own server neither', async () => {
    const server = await newServer()
    const bus = await buses.open(server.url)
    const redis = buses.redis(server.url)
    expect(await bus.check()).toEqual({})
    expect(await bus.numbers()).toMatchObject({ appendOnly: true })
    for (const policy of ['allkeys-lru', 'volatile-lru', 'allkeys-random', 'volatile-ttl']) {
      await redis.config('SET', 'maxmemory-policy', policy)
      expect((await bus.check()).fault).toMatch(new RegExp(`${policy}.*noeviction`))
    }
    await redis.config('SET', 'maxmemory-policy', 'noeviction')
    await redis.config('SET', 'appendonly', 'no')
    expect(await bus.check()).toEqual({ warning: expect.stringMatching(/appendonly yes/) })
    expect(await bus.numbers()).toEqual({ usedBytes: expect.any(Number), limitBytes: 0, appendOnly: false, written: true })
    await redis.config('SET', 'maxmemory', '1gb')
    expect(await bus.numbers()).toMatchObject({ limitBytes: 2 ** 30 })
  })
})
