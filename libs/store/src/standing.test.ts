import { afterAll, expect, test } from '@jest/globals'
import { openTestStore } from '@torrentino/testkit'

const store = await openTestStore()
afterAll(() => store.drop())

test('tickets stand where they came to last; who is paused or waits for another one is counted, but is not late', async () => {
  const rows = [
    ['downloading', '{"paused":{"by":"ann"}}', 9000],
    ['downloading', '{}', 600],
    ['downloading', '{}', 60],
    ['searching', '{"linked_to":"another"}', 9000],
    ['completed', '{}', 9000],
  ]
  for (const [state, data, secs] of rows)
    await store.rows(
      `insert into tickets (id, version, state, state_data, stage_version, requested_by, priority, request, request_hash, work, created_at, updated_at)
       values (gen_random_uuid(), 1, $1, $2, 1, 'ann', 2, '{}', 'h', '{}', now() - interval '1 day', now() - $3 * interval '1 s')`,
      [state, data, secs],
    )
  const found = Object.fromEntries((await store.tickets.standing()).map(({ state, ...numbers }) => [state, numbers]))
  expect(found).toMatchObject({ downloading: { count: 3 }, searching: { count: 1, oldestSecs: 0 }, pending: { count: 0, oldestSecs: 0 } })
  expect(found.downloading?.oldestSecs).toBeGreaterThanOrEqual(600)
  expect(found.downloading?.oldestSecs).toBeLessThan(9000)
  expect(found).not.toHaveProperty('completed')
})
