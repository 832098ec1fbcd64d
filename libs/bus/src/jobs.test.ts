import { describe, expect, test } from '@jest/globals'
import { sharedRedisUrl, waitFor } from '@torrentino/testkit'
import { QUEUES, type QueuedJob } from './catalogue.js'
import { DONE, searchJob, useBus } from './test-support/test-bus.js'

const buses = useBus()
const url = await sharedRedisUrl()

async function waiting(bus: Awaited<ReturnType<typeof buses.open>>) {
  const depths = await bus.jobs.depths()
  return depths.reduce((sum, depth) => sum + depth.waiting + depth.active + depth.delayed, 0)
}

describe('jobs', () => {
  test('handing one out twice, in one call or in many, makes one', async () => {
    const bus = await buses.open(url)
    const job = searchJob()
    await bus.jobs.add([job, job])
    await Promise.all([bus.jobs.add([job]), bus.jobs.add([job])])
    expect(await waiting(bus)).toBe(1)
    const { runs } = buses.work(bus)
    await waitFor('the run', () => runs.length === 1)
    await bus.jobs.add([job])
    expect(await waiting(bus)).toBe(1)
    runs[0]?.end()
    await waitFor('the end', async () => (await waiting(bus)) === 0)
    expect(runs).toHaveLength(1)
  })

  test('an ended job can be handed out again: its id is free', async () => {
    const bus = await buses.open(url)
    const { runs } = buses.work(bus, { auto: () => DONE })
    const job = searchJob()
    await bus.jobs.add([job])
    await waitFor('the first end', async () => runs.length === 1 && (await waiting(bus)) === 0)
    await bus.jobs.add([job])
    await waitFor('the second run', () => runs.length === 2)
  })

  test('ended jobs leave no key and short event streams', async () => {
    const bus = await buses.open(url)
    const redis = buses.redis(url)
    const jobs = Array.from({ length: 400 }, () => searchJob())
    const seen = new Set<string>()
    const { runs } = buses.work(bus, {
      concurrency: 50,
      auto: ({ id }) => {
        const again = seen.size % 10 === 0 && !seen.has(id)
        seen.add(id)
        return again ? { kind: 'later', at: new Date() } : DONE
      },
    })
    await bus.jobs.add(jobs)
    await waitFor('all ends', async () => seen.size === jobs.length && (await waiting(bus)) === 0)
    expect(runs.length).toBeGreaterThan(jobs.length)
    const keys = await redis.keys(`${bus.keys}:*`)
    expect(keys.filter((key) => jobs.some((job) => key.includes(job.id)))).toEqual([])
    expect(keys.length).toBeLessThanOrEqual(QUEUES.length * 8)
    // Redis trims streams by whole nodes of a hundred.
    expect(await redis.xlen(`${bus.keys}:search:events`)).toBeLessThanOrEqual(300)
  })

  test('the urgent ones first, then in order of arrival', async () => {
    const bus = await buses.open(url)
    const jobs = [3, 2, 1, 3, 2, 1].map((priority) => searchJob(priority))
    await bus.jobs.add(jobs)
    const { runs } = buses.work(bus, { concurrency: 1, auto: () => DONE })
    await waitFor('all', () => runs.length === jobs.length)
    expect(runs.map((run) => jobs.findIndex((job) => job.id === run.id))).toEqual([2, 5, 1, 4, 0, 3])
  })

  test('the age of a queue is that of the oldest job that nobody has begun, also behind urgent ones', async () => {
    const bus = await buses.open(url)
    const ages = async () => Object.fromEntries((await bus.jobs.ages()).map(({ queue, oldestSecs }) => [queue, oldestSecs]))
    expect(await ages()).toEqual(Object.fromEntries(QUEUES.map((queue) => [queue, 0])))
    const [cameBack, old, urgent] = [searchJob(1), searchJob(3), searchJob(1)]
    await bus.jobs.add([cameBack])
    const { worker } = buses.work(bus, { auto: () => ({ kind: 'later', at: new Date(Date.now() + 600_000) }) })
    await waitFor('the end of its run', async () => (await bus.jobs.depths()).some(({ delayed }) => delayed === 1))
    await worker.close(0)
    await bus.jobs.promote('search', cameBack.id)
    await bus.jobs.add([old, urgent, { ...searchJob(2), round: 3 }])
    const redis = buses.redis(url)
    for (const [job, secs] of [
      [cameBack, 9000],
      [old, 600],
    ] as const)
      await redis.hset(`${bus.keys}:search:${job.id}`, 'timestamp', Date.now() - secs * 1000)
    const { search, ...others } = await ages()
    expect(search).toBeGreaterThanOrEqual(600)
    expect(search).toBeLessThan(700)
    expect(Object.values(others)).toEqual(Object.values(others).map(() => 0))
  })

  describe('of bundles', () => {
    const bundle = (name: string, rounds: number, priority = 2) =>
      Array.from({ length: rounds }, (_, round) => ({ ...searchJob(priority, bundleId(name)), id: `${name}${round}`, round }))
    const bundleId = (name: string) => `00000000-0000-4000-8000-${name.charCodeAt(0).toString(16).padStart(12, '0')}`

    /** Runs one job at a time; before the run of that number, more are handed out. */
    async function orderOf(first: QueuedJob[], later: Record<number, QueuedJob[]> = {}): Promise<string[]> {
      const bus = await buses.open(url)
      await bus.jobs.add(first)
      const { runs } = buses.work(bus, { concurrency: 1 })
      const count = first.length + Object.values(later).flat().length
      for (let at = 0; at < count; at += 1) {
        await waitFor(`run ${at}`, () => runs.length > at)
        await bus.jobs.add(later[at] ?? [])
        runs[at]?.end()
      }
      return runs.map((run) => run.id)
    }

    test('are taken in turns', async () => {
      expect(await orderOf([...bundle('a', 4), ...bundle('b', 2)])).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'a3'])
    })

    test('one that comes later takes turns from now on, and neither waits for the others nor overtakes them', async () => {
      const order = await orderOf(bundle('a', 6), { 2: bundle('b', 6), 8: bundle('c', 1) })
      expect(order).toEqual(['a0', 'a1', 'a2', 'a3', 'b0', 'a4', 'b1', 'a5', 'b2', 'b3', 'c0', 'b4', 'b5'])
    })

    test('the urgent ones go before all rounds of the others', async () => {
      const order = await orderOf(bundle('a', 3), { 0: [...bundle('b', 2, 3), ...bundle('c', 2, 1)] })
      expect(order).toEqual(['a0', 'c0', 'c1', 'a1', 'a2', 'b0', 'b1'])
    })
  })

  test.each([
    ['nothing', {}],
    ['an id that is none', { ticketId: 'x', stageVersion: 1 }],
    ['a version that is none', { ...searchJob().data, stageVersion: 'one' }],
  ])('a payload with %s is dropped, the next job runs', async (_what, data) => {
    const bus = await buses.open(url)
    const { runs } = buses.work(bus, { concurrency: 1, auto: () => DONE })
    const good = searchJob()
    await bus.jobs.add([{ ...searchJob(1), data }, good])
    await waitFor('the good one', () => runs.length === 1)
    expect(runs[0]?.id).toBe(good.id)
    expect(bus.errors.map((error) => error.message)).toEqual([expect.stringMatching(/no payload that we know/)])
    await waitFor('an empty queue', async () => (await waiting(bus)) === 0)
  })

  test('one unknown field does no harm: another version may have written it', async () => {
    const bus = await buses.open(url)
    const { runs } = buses.work(bus, { auto: () => DONE })
    const job = searchJob()
    await bus.jobs.add([{ ...job, data: { ...job.data, later: 'field' } }])
    await waitFor('the run', () => runs.length === 1)
    expect(bus.errors).toEqual([])
  })

  test('an unknown queue is a fault of the caller', async () => {
    const bus = await buses.open(url)
    await expect(bus.jobs.add([{ ...searchJob(), queue: 'nonsense' }])).rejects.toThrow(/no queue nonsense/)
  })
})

describe('later', () => {
  test('runs again when it is due, and that is no restart', async () => {
    const bus = await buses.open(url)
    const { runs } = buses.work(bus)
    await bus.jobs.add([searchJob()])
    await waitFor('the first run', () => runs.length === 1)
    const due = Date.now() + 300
    runs[0]?.end({ kind: 'later', at: new Date(due) })
    await waitFor('the second run', () => runs.length === 2)
    expect(Date.now()).toBeGreaterThanOrEqual(due)
    expect(runs[1]).toMatchObject({ id: runs[0]?.id, restarted: false })
    runs[1]?.end()
  })

  test('a promoted job runs before it is due; one that is not there is told', async () => {
    const bus = await buses.open(url)
    const { runs } = buses.work(bus)
    const job = searchJob()
    await bus.jobs.add([job])
    await waitFor('the first run', () => runs.length === 1)
    expect(await bus.jobs.promote('search', job.id)).toBe(true)
    runs[0]?.end({ kind: 'later', at: new Date(Date.now() + 3_600_000) })
    await waitFor('the delay', async () => (await bus.jobs.depths()).some((depth) => depth.delayed === 1))
    expect(await bus.jobs.promote('search', job.id)).toBe(true)
    await waitFor('the second run', () => runs.length === 2)
    runs[1]?.end()
    await waitFor('the end', async () => (await waiting(bus)) === 0)
    expect(await bus.jobs.promote('search', job.id)).toBe(false)
  })
})

describe('what a worker does at a stop', () => {
  test('the running job gets its grace, is then aborted, goes back and is run by another', async () => {
    const bus = await buses.open(url)
    const first = buses.work(bus)
    await bus.jobs.add([searchJob()])
    await waitFor('the run', () => first.runs.length === 1)
    await Promise.all([first.worker.close(0), first.worker.close(0)])
    expect(first.runs[0]?.signal.reason).toBe('shutting down')
    const second = buses.work(bus, { auto: () => DONE })
    await waitFor('the second run', () => second.runs.length === 1)
    expect(second.runs[0]).toMatchObject({ id: first.runs[0]?.id, restarted: false })
  })

  test('a job that was on its way when the grace ended is given back, too', async () => {
    for (let round = 0; round < 10; round += 1) {
      const bus = await buses.open(url)
      const { runs, worker } = buses.work(bus)
      await bus.jobs.add([searchJob()])
      await waitFor('the run', () => runs.length === 1)
      // It goes back and is fetched again at once, while the worker closes.
      runs[0]?.end({ kind: 'later', at: new Date() })
      for (let turn = 0; turn < round; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      await worker.close(0)
      expect(runs.slice(1).every((run) => run.signal.aborted)).toBe(true)
    }
  })

  test('a job that ends within the grace is done', async () => {
    const bus = await buses.open(url)
    const { runs, worker } = buses.work(bus)
    await bus.jobs.add([searchJob()])
    await waitFor('the run', () => runs.length === 1)
    const closed = worker.close(60_000)
    runs[0]?.end()
    await closed
    expect(runs[0]?.signal.aborted).toBe(false)
    expect(await waiting(bus)).toBe(0)
  })
})
