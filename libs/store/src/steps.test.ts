import { afterAll, describe, expect, test } from '@jest/globals'
import { creationOf, openTestStore, sampleTicket, sharedPostgresUrl, stepOf, waitFor } from '@torrentino/testkit'
import pg from 'pg'

const store = await openTestStore()
afterAll(() => store.drop())

const INSERT = `insert into ticket_transitions (ticket_id, version, cause, to_state, actor, requested_by, details, at)
  values (gen_random_uuid(), 1, 'create', 'pending', 'ann', 'ann', '{}', now()) returning seq`

/** A transaction that has drawn the next number and does not say how it ends. */
async function openStep(): Promise<{ seq: number; client: pg.Client }> {
  const client = await store.connect()
  await client.query('begin')
  const { rows } = await client.query<{ seq: string }>(INSERT)
  return { seq: Number(rows[0]?.seq), client }
}

async function committedStep(): Promise<number> {
  const [row] = await store.rows<{ seq: string }>(INSERT)
  return Number(row?.seq)
}

async function settledAfter(after: number): Promise<number> {
  return (await store.steps.tail(after, 100)).settled
}

describe('the tail of all steps', () => {
  test('of nothing is nothing', async () => {
    expect(await store.steps.tail(0, 10)).toEqual({ steps: [], settled: 0 })
  })

  test('goes on in pages, each step once and in order', async () => {
    const from = await committedStep()
    const seqs: number[] = []
    for (let count = 0; count < 25; count += 1) seqs.push(await committedStep())
    const seen: number[] = []
    for (let after = from; ; ) {
      const { steps, settled } = await store.steps.tail(after, 10)
      seen.push(...steps.map((step) => step.seq))
      if (settled === after) break
      after = settled
    }
    expect(seen).toEqual(seqs)
  })

  test('does not pass a gap while its transaction is open, and then has its step in its place', async () => {
    const from = await committedStep()
    const open = await openStep()
    const later = await committedStep()
    for (let look = 0; look < 3; look += 1) {
      const { steps, settled } = await store.steps.tail(from, 100)
      expect(steps.map((step) => step.seq)).toEqual([later])
      expect(settled).toBe(from)
    }
    await open.client.query('commit')
    const { steps, settled } = await store.steps.tail(from, 100)
    expect(steps.map((step) => step.seq)).toEqual([open.seq, later])
    expect(settled).toBe(later)
  })

  test('passes a gap whose transaction was rolled back, also with only part of a page behind it', async () => {
    const from = await committedStep()
    const open = await openStep()
    const later = [await committedStep(), await committedStep()]
    expect(await settledAfter(from)).toBe(from)
    await open.client.query('rollback')
    expect((await store.steps.tail(from, 1)).settled).toBe(later[0])
    expect(await settledAfter(from)).toBe(later[1])
  })

  test('passes an empty gap whoever else is at work: on other tables, or in another database of the server', async () => {
    const elsewhere = new pg.Client({ connectionString: await sharedPostgresUrl() })
    await elsewhere.connect()
    try {
      for (const client of [elsewhere, await store.connect()]) await client.query('begin; select pg_current_xact_id()')
      const from = await committedStep()
      const open = await openStep()
      const later = await committedStep()
      expect(await settledAfter(from)).toBe(from)
      await open.client.query('rollback')
      expect(await settledAfter(from)).toBe(later)
    } finally {
      await elsewhere.end()
    }
  })

  test('does not pass the gap of a transaction that began first to write and last to draw', async () => {
    const from = await committedStep()
    // Here the open one has the higher id of the two: what a snapshot takes as its upper end is below it.
    const first = await store.connect()
    await first.query('begin')
    await first.query('select pg_current_xact_id()')
    const open = await openStep()
    const { rows } = await first.query<{ seq: string }>(INSERT)
    await first.query('commit')
    expect(Number(rows[0]?.seq)).toBe(open.seq + 1)
    expect(await settledAfter(from)).toBe(from)
    expect(await settledAfter(from)).toBe(from)
    await open.client.query('commit')
    expect(await settledAfter(from)).toBe(open.seq + 1)
  })

  test('passes an empty gap although there is never a moment without a writer', async () => {
    const from = await committedStep()
    const gone = await openStep()
    await committedStep()
    let writer = await openStep()
    expect(await settledAfter(from)).toBe(from)
    await gone.client.query('rollback')
    let looks = 0
    await waitFor('the gap to be passed', async () => {
      const next = await openStep()
      await writer.client.query('commit')
      writer = next
      looks += 1
      return (await settledAfter(from)) > gone.seq
    })
    expect(looks).toBeLessThanOrEqual(4)
    await writer.client.query('rollback')
  })

  test('with many writers, some of whom give up, loses and doubles nothing', async () => {
    const from = await committedStep()
    const written: number[] = []
    let writing = true
    async function write(client: pg.Client, rounds: number): Promise<void> {
      for (let round = 0; round < rounds; round += 1) {
        await client.query('begin')
        const { rows } = await client.query<{ seq: string }>(INSERT)
        const gaveUp = Math.random() < 0.2
        await client.query(gaveUp ? 'rollback' : 'commit')
        if (!gaveUp) written.push(Number(rows[0]?.seq))
      }
    }
    const seen: number[] = []
    async function follow(): Promise<void> {
      let after = from
      for (;;) {
        const last = !writing
        const { steps, settled } = await store.steps.tail(after, 50)
        seen.push(...steps.map((step) => step.seq).filter((seq) => seq <= settled))
        if (last && steps.length === 0) return
        after = settled
      }
    }
    const following = follow()
    const clients = await Promise.all(Array.from({ length: 6 }, () => store.connect()))
    await Promise.all(clients.map((client) => write(client, 60)))
    writing = false
    await following
    expect(seen).toEqual(written.toSorted((a, b) => a - b))
  })

  test('two readers at once disturb each other in nothing', async () => {
    const from = await committedStep()
    const open = await openStep()
    const later = await committedStep()
    const pages = await Promise.all(Array.from({ length: 10 }, () => store.steps.tail(from, 100)))
    expect(new Set(pages.map((page) => page.settled))).toEqual(new Set([from]))
    await open.client.query('rollback')
    const after = await Promise.all(Array.from({ length: 10 }, () => store.steps.tail(from, 100)))
    expect(new Set(after.map((page) => page.settled))).toEqual(new Set([later]))
  })
})

describe('the steps of a ticket', () => {
  test('are its history, and can be read from the stream of all by ticket', async () => {
    const [ticket, other] = [sampleTicket(), sampleTicket()]
    await store.door.write(creationOf(ticket))
    await store.door.write(creationOf(other))
    await store.door.write(stepOf(ticket, 'searching', { details: { query: 'x' } }))
    const history = await store.steps.history(ticket.id)
    expect(history.map(({ version, from, to, cause }) => [version, from, to, cause])).toEqual([
      [1, null, 'pending', 'create'],
      [2, 'pending', 'searching', 'test'],
    ])
    const steps = await store.steps.between(0, Number.MAX_SAFE_INTEGER, 100, ticket.id)
    expect(steps).toEqual([await store.steps.find(ticket.id, 1), await store.steps.find(ticket.id, 2)])
    const [first, second] = steps
    expect(await store.steps.between(first?.seq ?? 0, second?.seq ?? 0, 100, ticket.id)).toEqual([second])
    expect(await store.steps.find(ticket.id, 3)).toBeNull()
  })
})
