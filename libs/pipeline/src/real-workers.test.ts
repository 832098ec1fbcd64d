import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { NewTicket } from '@torrentino/domain'
import { albumBody, createTestRedis, openTestPipeline, type TestPipeline, type Way, waitFor } from '@torrentino/testkit'
import { Redis } from 'ioredis'
import { createTicket } from './commands/create-ticket.js'
import { rescueTurns, sweepOutbox } from './rescue.js'

const redis = await createTestRedis()
const opened: TestPipeline[] = []

afterEach(async () => {
  for (const it of opened.splice(0)) await it.drop()
})
afterAll(() => redis.drop())

async function open(): Promise<TestPipeline> {
  const it = await openTestPipeline({ redisUrl: redis.url })
  opened.push(it)
  return it
}

const WHOLE = ['pending', 'searching', 'matching', 'auto_approved', 'downloading', 'converting', 'placing', 'completed']

async function expectWhole(it: TestPipeline, ids: string[]): Promise<void> {
  for (const id of ids) expect((await it.store.steps.history(id)).map((step) => step.to)).toEqual(WHOLE)
}

async function allCompleted(it: TestPipeline, ids: string[]): Promise<boolean> {
  const tickets = await Promise.all(ids.map((id) => it.ticket(id)))
  return tickets.every((ticket) => ticket.state.name === 'completed')
}

describe('real workers', () => {
  test('two of each bring many tickets through, once each, and leave no job', async () => {
    const it = await open()
    it.startWorkers()
    it.startWorkers()
    const ids = (await Promise.all(Array.from({ length: 40 }, () => create(it)))).map((outcome) => outcome.id)
    await waitFor('all tickets', () => allCompleted(it, ids))
    await expectWhole(it, ids)
    await waitFor('empty queues', async () => (await it.jobs()).length === 0)
    expect(await it.store.outbox.count()).toBe(0)
  })

  test('FLUSHALL in their midst: the scheduler brings all back', async () => {
    const it = await open()
    let runs = 0
    it.plan(async (): Promise<Way> => {
      runs += 1
      if (runs === 40 || runs === 80) await redis.flushAll()
      return 'ok'
    })
    it.startWorkers()
    const ids = (await Promise.all(Array.from({ length: 20 }, () => create(it)))).map((outcome) => outcome.id)
    await waitFor('all tickets', () => schedule(it).then(() => allCompleted(it, ids)), 120_000, 200)
    expect(runs).toBeGreaterThan(80)
    await expectWhole(it, ids)
  })

  test('Redis restarted in their midst: all complete', async () => {
    const it = await open()
    let runs = 0
    it.plan(async (): Promise<Way> => {
      runs += 1
      if (runs === 30) await redis.restart()
      return 'ok'
    })
    it.startWorkers()
    const ids = (await Promise.all(Array.from({ length: 15 }, () => create(it)))).map((outcome) => outcome.id)
    await waitFor(
      'all tickets',
      () =>
        schedule(it)
          .catch(() => {})
          .then(() => allCompleted(it, ids)),
      120_000,
      200,
    )
    await expectWhole(it, ids)
  })
})

describe('Redis full', () => {
  test('a step is written, its message kept, and told when there is room again', async () => {
    const it = await open()
    const ticket = await it.post()
    const client = new Redis(redis.url)
    try {
      await client.config('SET', 'maxmemory', '1mb')
      const outcome = await create(it)
      expect(outcome.created).toBe(true)
      await it.deliver((await it.jobs())[0] as never, { keep: true })
      expect((await it.ticket(ticket.id)).state.name).toBe('matching')
      await expect(sweepOutbox(it.deps, -60_000)).rejects.toThrow(/OOM/)
      expect(await it.store.outbox.count()).toBeGreaterThan(0)
    } finally {
      await client.config('SET', 'maxmemory', '0')
      client.disconnect()
    }
    await sweepOutbox(it.deps, -60_000)
    expect(await it.store.outbox.count()).toBe(0)
    await it.deliverAll()
    await expectWhole(it, [ticket.id])
  })
})

function create(it: TestPipeline) {
  return createTicket(it.deps, { ticket: NewTicket.parse(albumBody({ tracks: 3 })), requestedBy: 'ann', mediaRoots: ['/media'] })
}

async function schedule(it: TestPipeline): Promise<void> {
  await sweepOutbox(it.deps, 500)
  await rescueTurns(it.deps, 500)
}
