import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { StateName, Ticket } from '@torrentino/domain'
import {
  createTestRedis,
  creationOf,
  type GuardedProcess,
  openTestStore,
  sampleTicket,
  spawnGuarded,
  stepOf,
  type TestRedis,
  type TestStore,
  waitFor,
} from '@torrentino/testkit'
import { type Consumer, openConsumer } from './test-support/consumer.js'

const MAIN = fileURLToPath(new URL('../../../../dist/scheduler.js', import.meta.url))
const PATIENCE_MS = 120_000
const STATES: StateName[] = ['searching', 'matching', 'failed']

let store: TestStore
let redis: TestRedis
let consumer: Consumer
let scheduler: GuardedProcess

beforeAll(async () => {
  ;[store, redis, consumer] = await Promise.all([openTestStore(), createTestRedis(), openConsumer()])
  scheduler = startScheduler()
})
afterAll(async () => {
  await scheduler?.stop()
  await consumer?.close()
  await redis?.drop()
  await store?.drop()
})

function startScheduler(): GuardedProcess {
  return spawnGuarded([process.execPath, MAIN], {
    env: {
      ...{ PATH: process.env.PATH, AUTH_METHOD: 'none', MEDIA_ROOTS: '/media', METRICS_PORT: '0', LOG_LEVEL: 'error' },
      ...{ DATABASE_URL: store.url, REDIS_URL: redis.url, WEBHOOKS_ALLOW_PRIVATE: '127.0.0.1' },
    },
  })
}

/** A ticket that goes through the states; the ids of its messages. */
async function ticket(): Promise<string[]> {
  let now: Ticket = sampleTicket()
  const seqs = [(await store.door.write(creationOf(now)))?.seq ?? 0]
  for (const state of STATES) {
    const step = stepOf(now, state, { cause: 'fail' })
    seqs.push((await store.door.write(step))?.seq ?? 0)
    now = step.ticket
  }
  return seqs.map((seq) => String(seq * 2))
}

test('a scheduler killed in mid-delivery, and Redis emptied: all is delivered, in order for each ticket, only what was under way twice', async () => {
  await store.webhooks.create({ owner: 'anonymous', url: consumer.url, events: ['state_change'], allTickets: true })
  // It hears the third and never answers.
  consumer.answer = () => (consumer.received.length === 3 ? null : 204)
  const tickets = await Promise.all([ticket(), ticket(), ticket()])
  await waitFor('the third message', () => consumer.received.length === 3, PATIENCE_MS)
  scheduler.signal('SIGKILL')
  await scheduler.exited
  await redis.flushAll()
  const inHand = consumer.ids().at(-1)

  // The turn of the dead one runs out.
  await store.rows(`update webhooks set leased_until = now() - interval '1 s'`)
  scheduler = startScheduler()
  await waitFor('all messages', () => new Set(consumer.ids()).size === tickets.flat().length, PATIENCE_MS)
  await waitFor('the note of the last', async () => (await store.rows('select from webhook_deliveries')).length === 0, PATIENCE_MS)
  const ids = consumer.ids()
  for (const wanted of tickets) expect([...new Set(ids.filter((id) => wanted.includes(id)))]).toEqual(wanted)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([inHand])
})
