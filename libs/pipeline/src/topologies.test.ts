import { afterAll, expect, test } from '@jest/globals'
import { NewTicket } from '@torrentino/domain'
import {
  albumBody,
  createRedisCluster,
  hasPgbouncer,
  openTestPipeline,
  runThroughPooler,
  sharedPostgresUrl,
  startPgbouncer,
  type Way,
  waitFor,
} from '@torrentino/testkit'
import { createTicket } from './commands/create-ticket.js'
import { rescueTurns, sweepOutbox } from './rescue.js'

const pooler = hasPgbouncer() ? await startPgbouncer(await sharedPostgresUrl()) : undefined
if (pooler !== undefined) runThroughPooler(pooler.through)
const cluster = await createRedisCluster()
const it = await openTestPipeline({ redisUrl: cluster.url, retry: { initialMs: 200, maxMs: 1000 } })
afterAll(async () => {
  await it.drop()
  await Promise.all([cluster.drop(), pooler?.drop()])
})

/** Workers take it at once, and may be through before anybody has looked at it. */
async function post(): Promise<string> {
  const ticket = NewTicket.parse(albumBody())
  return (await createTicket(it.deps, { ticket, requestedBy: 'ann', mediaRoots: ['/media'] })).id
}

async function goesThrough(id: string): Promise<void> {
  const schedule = async () => {
    await sweepOutbox(it.deps, 500)
    await rescueTurns(it.deps, 500)
  }
  const isThrough = async () => (await it.ticket(id)).state.name === 'completed'
  // While the pooler is away, neither can be asked.
  await waitFor(
    'the end',
    () =>
      schedule()
        .then(isThrough)
        .catch(() => false),
    120_000,
    200,
  )
  const steps = await it.store.steps.history(id)
  expect(steps.map(({ version }) => version)).toEqual(steps.map((_, nr) => nr + 1))
}

test('a ticket goes all the way over a Redis Cluster and a pooler before Postgres', async () => {
  it.startWorkers()
  await goesThrough(await post())
})

const withPooler = pooler === undefined ? test.skip : test

withPooler('a pooler that is restarted in the midst of it loses no step', async () => {
  let runs = 0
  it.plan(async (): Promise<Way> => {
    runs += 1
    if (runs === 3) await pooler?.kill().then(pooler.start)
    return 'ok'
  })
  await goesThrough(await post())
  expect(runs).toBeGreaterThan(3)
})
