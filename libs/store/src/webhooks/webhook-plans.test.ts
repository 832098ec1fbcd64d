import { afterAll, expect, test } from '@jest/globals'
import { openTestStore } from '@torrentino/testkit'
import { readPlan } from '../test-support/query-plan.js'
import { CLAIM, NEXT } from './deliveries.js'

const STEPS = Number(process.env.WEBHOOK_STEPS ?? 50_000)
const WEBHOOKS = 500
const LEASE_MS = 60_000
/** Found for one webhook: itself, the end of what happened, or something to deliver. */
const FEW_EACH = 5

const store = await openTestStore()
afterAll(() => store.drop())

// A webhook of three knows all, one is behind, and one has dead letters and what waits for its next attempt.
await store.rows(
  `insert into ticket_transitions (ticket_id, version, cause, to_state, actor, requested_by, details, at)
   select md5('ticket ' || n / 8)::uuid, 1 + n % 8, 'step', 'searching', 'worker', 'user ' || n % 50, '{}', now() from generate_series(1, $1::int) n`,
  [STEPS],
)
await store.rows(
  `insert into webhooks (owner, url, events, all_tickets, secret, cursor, due_at)
   select 'user ' || n % 50, 'https://consumer.example/' || n, '{state_change}', false, 'secret',
     case n % 3 when 1 then $2::int / 2 else $2::int end, now() - interval '1 s' from generate_series(1, $1::int) n`,
  [WEBHOOKS, STEPS],
)
await store.rows(
  `insert into webhook_deliveries (webhook_id, event_id, event, seq, ticket_id, due_at, dead_at)
   select w.id, (2 * n)::text, 'state_change', n, md5('ticket ' || n / 8)::uuid,
     now() + interval '1 hour', case when n > 100 then now() end
   from (select id, row_number() over () as nr from webhooks where cursor = $1) w, generate_series(1, $2::int) n where w.nr % 2 = 0`,
  [STEPS, Math.floor(STEPS / WEBHOOKS) * 3],
)
for (const table of ['ticket_transitions', 'webhooks', 'webhook_deliveries']) await store.rows(`analyze ${table}`)

/** Of a statement that changes something, which is taken back. */
async function planOf(text: string, values: unknown[]) {
  const client = await store.connect()
  await client.query('begin')
  const { rows } = await client.query(`explain (analyze, buffers off, format json) ${text}`, values)
  await client.query('rollback')
  const plan = readPlan(rows)
  if (process.env.WEBHOOK_STEPS) console.log(plan.visited, 'rows', plan.ms, 'ms', [...new Set(plan.reads)].join(', '))
  // There are few webhooks; all else is read by an index.
  expect(plan.reads.filter((read) => /Seq Scan (?!webhooks$)/.test(read))).toEqual([])
  return plan
}

test('what is to be told is found without a look at what was told, what is dead, and what happened long ago', async () => {
  const { visited } = await planOf(CLAIM, [16, LEASE_MS])
  expect(visited).toBeLessThanOrEqual(WEBHOOKS * FEW_EACH)
})

test('where there is nothing to tell that is seen as quickly, but for what waits for its next attempt', async () => {
  await store.rows('update webhooks set cursor = $1', [STEPS])
  const waiting = (await store.rows('select id from webhook_deliveries where dead_at is null')).length
  const { visited } = await planOf(CLAIM, [16, LEASE_MS])
  expect(visited).toBeLessThanOrEqual(WEBHOOKS * FEW_EACH + waiting)
})

test('the next delivery is found among those of one webhook that are not dead', async () => {
  await store.rows(`update webhook_deliveries set due_at = now() where dead_at is null`)
  await store.webhooks.claim(WEBHOOKS, LEASE_MS)
  const [turn] = await store.rows<{ id: string; lease: string }>(
    'select id, lease from webhooks where exists (select from webhook_deliveries d where d.webhook_id = webhooks.id) limit 1',
  )
  const { visited } = await planOf(NEXT, [turn?.id, turn?.lease, LEASE_MS])
  expect(visited).toBeLessThanOrEqual(WEBHOOKS + 10)
})
