import { afterAll, describe, expect, test } from '@jest/globals'
import { createTestRedis, sharedRedisUrl, type TestRedis, waitFor } from '@torrentino/testkit'
import { searchJob, useBus } from './test-support/test-bus.js'

const buses = useBus()
const url = await sharedRedisUrl()

describe('lost locks', () => {
  let server: TestRedis | undefined
  afterAll(() => server?.drop())

  test('a run whose lock another has taken is aborted', async () => {
    const bus = await buses.open(url)
    const redis = buses.redis(url)
    const { runs } = buses.work(bus, { lockMs: 400, stalledCheckMs: 200 })
    const job = searchJob()
    await bus.jobs.add([job])
    await waitFor('the run', () => runs.length === 1)
    await redis.set(`${bus.keys}:search:${job.id}:lock`, 'somebody else', 'PX', 60_000)
    await waitFor('the abort', () => runs[0]?.signal.aborted === true)
    expect(runs[0]?.signal.reason).toBe('lock lost')
  })

  test('a job that comes back while its old run goes on in the same process: the old run ends, the new one keeps its lock', async () => {
    server = await createTestRedis()
    const bus = await buses.open(server.url)
    const redis = buses.redis(server.url)
    const { runs } = buses.work(bus, { lockMs: 600, stalledCheckMs: 300 })
    const job = searchJob()
    await bus.jobs.add([job])
    await waitFor('the run', () => runs.length === 1)
    await server.flushAll()
    await bus.jobs.add([job])
    await waitFor('the second run', () => runs.length === 2)
    expect(runs[0]?.signal.reason).toBe('lock lost')
    const lock = `${bus.keys}:search:${job.id}:lock`
    let last = 0
    let renewals = 0
    await waitFor('some renewals', async () => {
      const left = await redis.pttl(lock)
      if (left > last) renewals += 1
      last = left
      return renewals >= 5
    })
    expect(runs).toHaveLength(2)
    expect(runs[1]).toMatchObject({ restarted: false })
    expect(runs[1]?.signal.aborted).toBe(false)
    runs[1]?.end()
    await waitFor('the end', async () =>
      (await bus.jobs.depths()).every(({ waiting, active, delayed }) => waiting + active + delayed === 0),
    )
  })
})
