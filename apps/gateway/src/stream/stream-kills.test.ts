import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Bus, openBus } from '@torrentino/bus'
import type { StepEvent } from '@torrentino/domain'
import { createTestDatabase, createTestRedis, freePort, type TestDatabase, type TestRedis, waitFor } from '@torrentino/testkit'
import fc from 'fast-check'
import pg from 'pg'
import { type Follower, follow } from './test-support/follower.js'
import { type Replica, startReplica } from './test-support/replica.js'
import { createStepWriter, type StepWriter } from './test-support/step-writer.js'

/** Processes take their time on a busy machine. */
const UP_MS = 120_000
const BURST = 10
/** More for the record: KILL_RUNS=50. */
const RUNS = Number(process.env.KILL_RUNS ?? 2)
/** So many messages the slowest client may be behind before the writing waits for it. */
const MOST_BEHIND = 500

let database: TestDatabase
let redis: TestRedis
let bus: Bus
let pool: pg.Pool
let writer: StepWriter
let gateways: Replica[]
let isRedisUp = true

beforeAll(async () => {
  ;[database, redis] = await Promise.all([createTestDatabase(), createTestRedis()])
  const prefix = `kills-${randomUUID().slice(0, 8)}`
  pool = new pg.Pool({ connectionString: database.url, max: 10 })
  bus = openBus({ url: redis.url, prefix, onError: () => {} })
  writer = createStepWriter(pool)
  const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, REDIS_PREFIX: prefix, LOG_LEVEL: 'error' }
  gateways = [startReplica(await freePort(), env), startReplica(await freePort(), env)]
  await up()
})
afterAll(async () => {
  await Promise.all((gateways ?? []).map((gateway) => gateway.end()))
  await Promise.all([bus?.close(), pool?.end()])
  await redis?.drop()
  await database?.drop()
})

const up = () => waitFor('the gateways', async () => (await Promise.all(gateways.map((one) => one.answers()))).every(Boolean), UP_MS)

const fault = fc.record({
  what: fc.constantFrom('kill first', 'kill second', 'stop first', 'stop second', 'kill redis', 'empty redis'),
  /** Written before the next fault. */
  steps: fc.integer({ min: 1, max: 200 }),
  /** The next one comes only when all clients have all that was written. */
  isSeen: fc.boolean(),
})
type Fault = typeof fault extends fc.Arbitrary<infer T> ? T : never

test('through kills of gateways and of Redis under load each client gets every message once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 3, maxLength: 5 }), async (faults) => {
      const followers = await Promise.all(
        [0, 1, 0, 1].map((first) =>
          follow(
            gateways.map(({ url }) => url),
            first,
          ),
        ),
      )
      const load = startLoad(followers)
      try {
        for (const one of faults) {
          await befall(one)
          await load.more(one.steps)
          if (one.isSeen) await allHave(followers, load.lastSettled())
        }
        await mend()
      } finally {
        await load.end()
      }
      const written = load.written()
      await allHave(followers, written.at(-1) ?? 0)
      await Promise.all(followers.map((follower) => follower.end()))
      for (const { begin, ids, resets } of followers) {
        expect(ids).toEqual(written.filter((id) => id > begin))
        expect(resets).toBe(0)
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 400_000)

async function befall({ what }: Fault): Promise<void> {
  if (what === 'empty redis') return isRedisUp ? redis.flushAll() : startRedis()
  if (what === 'kill redis') return isRedisUp ? killRedis() : startRedis()
  await gateways[what.endsWith('first') ? 0 : 1]?.restart(what.startsWith('kill') ? 'SIGKILL' : 'SIGTERM')
}

async function killRedis(): Promise<void> {
  isRedisUp = false
  await redis.kill()
}

async function startRedis(): Promise<void> {
  await redis.start()
  isRedisUp = true
}

async function mend(): Promise<void> {
  if (!isRedisUp) await startRedis()
  await up()
}

function allHave(followers: readonly Follower[], id: number): Promise<void> {
  return waitFor(`message ${id} at all clients`, () => followers.every(({ ids }) => (ids.at(-1) ?? 0) >= id), UP_MS).catch((error) => {
    const found = followers.map(({ ids, connections }) => `${ids.at(-1)} after ${connections} connections`)
    throw new Error(`${error.message}: they have ${found.join(', ')}`)
  })
}

/** Steps without a pause, of which one in each burst is committed after those that were numbered after it, or never. */
function startLoad(followers: readonly Follower[]) {
  const ids: number[] = []
  let settled = 0
  let isOver = false

  async function burst(nr: number): Promise<void> {
    const late = await writer.open()
    const steps = await writer.writeMany(BURST)
    tell(steps, nr)
    if (nr % 4 === 3) await late.rollback()
    else {
      await late.commit()
      tell([late.step], nr)
      ids.push(late.step.seq * 2)
    }
    ids.push(...steps.map(({ seq }) => seq * 2))
    settled = Math.max(settled, ids.at(-1) ?? 0)
  }

  /** Over Redis, where that is up; of some bursts nobody is told. */
  function tell(steps: StepEvent[], nr: number): void {
    if (nr % 5 !== 4 && isRedisUp) void bus.publish.events(steps).catch(() => {})
  }

  async function run(): Promise<void> {
    for (let nr = 0; !isOver; nr += 1) {
      await burst(nr)
      await waitFor('the clients', () => isOver || ids.length - Math.min(...followers.map((one) => one.ids.length)) < MOST_BEHIND, UP_MS, 5)
    }
  }

  const running = run()
  return {
    more(count: number): Promise<void> {
      const enough = ids.length + count
      return waitFor(`${count} more steps`, () => ids.length >= enough, UP_MS)
    },
    lastSettled: () => settled,
    async end(): Promise<void> {
      isOver = true
      await running
    },
    written: () => ids.toSorted((a, b) => a - b),
  }
}
