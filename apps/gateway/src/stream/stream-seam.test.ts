import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { messagesOfStep, type StepEvent } from '@torrentino/domain'
import { createTestDatabase, sharedRedisUrl } from '@torrentino/testkit'
import fc from 'fast-check'
import pg from 'pg'
import type { OpenStep } from './test-support/step-writer.js'
import { openBench, type StreamBench, type TestGateway } from './test-support/stream-bench.js'
import type { StreamProbe } from './test-support/stream-probe.js'

const USERS = ['alice', 'bob']
const TICKETS = Array.from({ length: 4 }, (_, index) => ({ id: randomUUID(), user: USERS[index % 2] ?? '' }))
const STATES = ['searching', 'needs_approval', 'completed', 'failed'] as const

let bench: StreamBench
let gateways: TestGateway[]

beforeAll(async () => {
  const [database, redisUrl] = await Promise.all([createTestDatabase(), sharedRedisUrl()])
  bench = await openBench({ database, redisUrl, pool: new pg.Pool({ connectionString: database.url, max: 30 }) })
  gateways = [await bench.gateway(), await bench.gateway({ gapMs: 0 })]
})
afterAll(() => bench.close())

const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('open' as const), ticket: fc.nat(3), state: fc.constantFrom(...STATES) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('finish' as const),
      which: fc.nat(50),
      commit: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      told: fc.constantFrom('once' as const, 'once' as const, 'twice' as const, 'late' as const, 'never' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tell-late' as const), which: fc.nat(50) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      gateway: fc.nat(1),
      token: fc.constantFrom('admin', 'admin', ...USERS),
      since: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      tickets: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
    }),
  },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

interface Joined {
  probe: StreamProbe
  since: number | null
  sees(step: StepEvent): boolean
}

test('each client gets exactly the durable messages after its since, in order, once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 60 }), async (actions) => {
      const run = startRun()
      for (const one of actions) await run.act(one)
      await run.check()
    }),
    { numRuns: 25 },
  )
})

const committed: StepEvent[] = []

function startRun() {
  const open: OpenStep[] = []
  const late: StepEvent[] = []
  const joined: Joined[] = []

  async function act(one: Action): Promise<void> {
    if (one.do === 'open') {
      const ticket = TICKETS[one.ticket]
      open.push(await bench.writer.open({ ticketId: ticket?.id, user: ticket?.user, to: one.state }))
    } else if (one.do === 'finish') {
      const [step] = open.splice(one.which % Math.max(open.length, 1), 1)
      if (step) await finish(step, one.commit, one.told)
    } else if (one.do === 'tell-late') {
      await bench.publish(...late.splice(one.which % Math.max(late.length, 1), 1))
    } else joined.push(await join(one))
  }

  async function finish({ step, commit, rollback }: OpenStep, keep: boolean, told: 'once' | 'twice' | 'late' | 'never'): Promise<void> {
    if (!keep) return rollback()
    await commit()
    committed.push(step)
    if (told === 'late') late.push(step)
    if (told === 'once' || told === 'twice') await bench.publish(step)
    if (told === 'twice') await bench.publish(step)
  }

  async function check(): Promise<void> {
    for (const step of open.reverse()) await finish(step, true, 'once')
    await bench.publish(...late.reverse())
    // One step for each ticket that all who care about it must have seen at the end.
    const last: StepEvent[] = []
    for (const ticket of TICKETS) last.push(await bench.writer.write({ ticketId: ticket.id, user: ticket.user }))
    committed.push(...last)
    await bench.publish(...last.slice(0, 2))
    for (const { probe, since, sees } of joined) {
      const final = last.filter(sees).at(-1)
      if (final) await probe.has(final.seq * 2)
      const { id } = probe.hello()
      if (since !== null) expect(id).toBe(since)
      const expected = committed.filter(sees).flatMap(messagesOfStep)
      expect(probe.durable()).toEqual(
        expected
          .map((message) => message.id)
          .filter((one) => one > id)
          .sort((a, b) => a - b),
      )
      probe.close()
    }
  }

  return { act, check }
}

async function join({ gateway, token, since, tickets }: Extract<Action, { do: 'join' }>): Promise<Joined> {
  const highest = Math.max(0, ...committed.map(({ seq }) => seq))
  const id = since === null ? null : Math.floor(since * (highest * 2 + 1))
  const ids: string[] = tickets.map((index) => TICKETS[index]?.id ?? '')
  const params = new URLSearchParams(ids.map((ticket): [string, string] => ['ticket_id', ticket]))
  if (id !== null) params.set('since', String(id))
  const probe = await (gateways[gateway] as TestGateway).probe({ token, query: `?${params}` })
  return {
    probe,
    since: id,
    sees: (step) => (token === 'admin' || step.requested_by === token) && (ids.length === 0 || ids.includes(step.ticket_id)),
  }
}

test('a long replay goes over into live messages while they keep coming', async () => {
  const start = (await bench.writer.write()).seq
  await bench.writer.writeMany(1_200)
  const clients: StreamProbe[] = []
  async function join(): Promise<void> {
    for (let nr = 0; nr < 20; nr += 1) clients.push(await (gateways[nr % 2] as TestGateway).probe({ query: `?since=${start * 2}` }))
  }
  let joining = true
  const joined = join().finally(() => {
    joining = false
  })
  while (joining) {
    const burst = await bench.writer.writeMany(20)
    await Promise.all(burst.map((step) => bench.publish(step)))
  }
  await joined
  const last = await bench.writer.write()
  await bench.publish(last)
  for (const client of clients) {
    await client.has(last.seq * 2)
    expect(client.durable()).toEqual(Array.from({ length: last.seq - start }, (_, index) => (start + 1 + index) * 2))
    client.close()
  }
})
