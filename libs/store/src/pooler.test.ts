import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  hasPgbouncer,
  openTestStore,
  runThroughPooler,
  sharedPostgresUrl,
  startPgbouncer,
  type TestStore,
  waitFor,
} from '@torrentino/testkit'

const withPooler = hasPgbouncer() ? describe : describe.skip
const pooler = hasPgbouncer() ? await startPgbouncer(await sharedPostgresUrl()) : undefined
if (pooler !== undefined) runThroughPooler(pooler.through)

withPooler('behind a pooler in transaction mode', () => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore()
  })
  afterAll(() => store.drop())

  test('many statements at once come upon many sessions, and none asks for what another has', async () => {
    const asked = Array.from({ length: 200 }, (_, nr) =>
      nr % 2
        ? store.audit.append({
            ticketId: null,
            actor: 'test',
            event: { type: 'ServiceStopped', payload: { service: `nr ${nr}`, reason: 'a test' } },
          })
        : store.ping(),
    )
    await Promise.all(asked)
    const rows = await store.rows<{ n: number }>('select count(*)::int as n from audit_events')
    expect(rows).toEqual([{ n: 100 }])
  })

  test('a pooler that is killed and comes back interrupts the work, and no more', async () => {
    await pooler?.kill()
    await expect(store.ping()).rejects.toThrow()
    await pooler?.start()
    const isBack = () =>
      store.ping().then(
        () => true,
        () => false,
      )
    await waitFor('the database', isBack)
  })
})

// The suites of what holds locks and reads transactions, again over the pooler.
if (pooler !== undefined) for (const suite of ['claims/claims', 'steps']) await import(`./${suite}.test.js`)
afterAll(() => pooler?.drop())
