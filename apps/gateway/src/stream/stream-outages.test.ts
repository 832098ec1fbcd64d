import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, createTestRedis, type TestRedis } from '@torrentino/testkit'
import pg from 'pg'
import { findHead } from './find-head.js'
import { openBench, type StreamBench, type TestGateway } from './test-support/stream-bench.js'

let bench: StreamBench
let redis: TestRedis
let pool: pg.Pool
let gateways: [TestGateway, TestGateway]

beforeAll(async () => {
  const [database, server] = await Promise.all([createTestDatabase(), createTestRedis()])
  redis = server
  pool = new pg.Pool({ connectionString: database.url })
  bench = await openBench({ database, redisUrl: redis.url, pool })
  gateways = [await bench.gateway(), await bench.gateway()]
})
afterAll(async () => {
  await bench.close()
  await redis.drop()
})

test('a transaction that is long under way holds up what came after it, and nothing is lost', async () => {
  const client = await gateways[0].probe()
  const early = await bench.writer.open()
  const late = await bench.writer.write()
  await bench.publish(late)
  const other = await gateways[1].probe()
  await early.commit()
  await client.has(late.seq * 2)
  expect(client.durable()).toEqual([early.step.seq * 2, late.seq * 2])
  await other.has(late.seq * 2)
})

test('Redis emptied, killed and back: the same sequence on every gateway, and on the other one after resuming', async () => {
  const clients = await Promise.all(gateways.map((one) => one.probe()))
  const written: number[] = []
  async function write(told: boolean): Promise<void> {
    const step = await bench.writer.write()
    if (told) await bench.publish(step).catch(() => {})
    written.push(step.seq * 2)
  }
  async function allSeen(): Promise<void> {
    await Promise.all(clients.map((client) => client.has(written.at(-1) ?? 0)))
  }
  for (let nr = 0; nr < 5; nr += 1) await write(true)
  await redis.flushAll()
  for (let nr = 0; nr < 5; nr += 1) await write(nr !== 2)
  await allSeen()
  await redis.kill()
  for (let nr = 0; nr < 5; nr += 1) await write(true)
  await allSeen()
  const before = clients.map((client) => client.durable())
  clients[0]?.close()
  await redis.start()
  for (let nr = 0; nr < 5; nr += 1) await write(true)
  const resumed = await gateways[1].probe({ query: `?since=${before[0]?.at(-1)}` })
  await write(true)
  await Promise.all([resumed, clients[1]].map((client) => client?.has(written.at(-1) ?? 0)))
  expect([...(before[0] ?? []), ...resumed.durable()]).toEqual(written)
  expect(clients[1]?.durable()).toEqual(written)
})

test('the database away while Redis loses messages: all come when it is back', async () => {
  let away = false
  let refused = () => {}
  const asked = new Promise<void>((resolve) => {
    refused = resolve
  })
  const gateway = await bench.gateway({}, (steps) => ({
    steps: {
      between: steps.between,
      tail: async (...args) => {
        if (!away) return steps.tail(...args)
        refused()
        throw new Error('the database is restarting')
      },
    },
  }))
  const client = await gateway.probe()
  away = true
  const lost = [await bench.writer.write(), await bench.writer.write()].map(({ seq }) => seq * 2)
  await asked
  away = false
  await client.has(lost.at(-1) ?? 0)
  expect(client.durable()).toEqual(lost)
})

test('the database replaced by an older copy: clients are sent away and learn of it when they return', async () => {
  const client = await gateways[0].probe()
  const { seq } = await bench.writer.write()
  await client.has(seq * 2)
  await pool.query('truncate ticket_transitions restart identity')
  const old = await bench.writer.write()
  expect((await client.closed).code).toBe(1012)
  const again = await gateways[0].probe({ query: `?since=${seq * 2}` })
  expect(again.hello().reset).toBe(true)
  const next = await bench.writer.write()
  await again.has(next.seq * 2)
  expect(old.seq).toBeLessThan(seq)
})

test('the head of the history is found whatever its size and gaps', async () => {
  const steps = { between: (after: number, upTo: number, limit: number) => readSeqs(after, upTo, limit) }
  await pool.query('truncate ticket_transitions')
  expect(await findHead(steps)).toBe(0)
  for (const seq of [1, 2, 3, 1_000, 1_001, 987_654_321, 9_007_199_254_740]) {
    await pool.query(
      `insert into ticket_transitions (seq, ticket_id, version, cause, to_state, actor, requested_by, details, at)
       values ($1, gen_random_uuid(), 1, 'create', 'pending', 'test', 'alice', '{}', now())`,
      [seq],
    )
    expect(await findHead(steps)).toBe(seq)
  }
})

async function readSeqs(after: number, upTo: number, limit: number) {
  const { rows } = await pool.query('select seq from ticket_transitions where seq > $1 and seq <= $2 order by seq limit $3', [
    after,
    upTo,
    limit,
  ])
  return rows.map(({ seq }) => ({ seq: Number(seq) })) as never
}
