import { afterAll, describe, expect, test } from '@jest/globals'
import type { Ticket } from '@torrentino/domain'
import { creationOf, openTestStore, sampleCandidate, sampleTicket, stepOf, waitFor } from '@torrentino/testkit'
import fc from 'fast-check'
import type { StepWrite } from './step-write.js'

const store = await openTestStore()
afterAll(() => store.drop())
const JOB = { queue: 'search', id: 'a-search-1', data: {}, priority: 2 }

async function created(change: Partial<Ticket> = {}): Promise<Ticket> {
  const ticket = sampleTicket(change)
  expect(await store.door.write(creationOf(ticket))).not.toBeNull()
  return ticket
}

/** Everything that stands about a ticket, to see that nothing was written. */
async function everything(id: string): Promise<unknown> {
  const tables = ['tickets', 'ticket_transitions', 'audit_events', 'outbox', 'candidates', 'ticket_items']
  const found = await Promise.all(
    tables.map((table) => store.rows(`select * from ${table} where ${table === 'tickets' ? 'id' : 'ticket_id'} = $1`, [id])),
  )
  return Object.fromEntries(tables.map((table, index) => [table, found[index]]))
}

describe('a step', () => {
  test('writes ticket, step, audit and outbox together', async () => {
    const ticket = await created()
    const step = stepOf(ticket, 'searching', { jobs: [JOB], reason: 'why', details: { some: 'detail' } })
    const result = await store.door.write(step)
    expect(await store.tickets.find(ticket.id)).toEqual({ ...step.ticket, createdAt: ticket.createdAt })
    expect(await store.steps.find(ticket.id, 2)).toMatchObject({
      seq: result?.seq,
      from: 'pending',
      to: 'searching',
      requested_by: 'ann',
      reason: 'why',
      details: { some: 'detail' },
    })
    const { entries } = await store.audit.list({ ticketId: ticket.id, limit: 10 })
    expect(entries.map(({ event_type, actor }) => [event_type, actor])).toEqual([
      ['TicketStateChanged', 'test-worker'],
      ['TicketCreated', 'ann'],
    ])
    const outbox = await store.rows<{ id: string; payload: unknown }>('select id, payload from outbox where ticket_id = $1 order by id', [
      ticket.id,
    ])
    expect(outbox.at(-1)).toEqual({ id: result?.outboxId, payload: { version: 2, jobs: [JOB] } })
  })

  test('starts the counts of its turn anew', async () => {
    const ticket = await created()
    await store.tickets.countCrash(ticket.id, 1)
    await store.tickets.noteAttempt(ticket.id, 1, new Date(), 'it broke')
    expect(await store.tickets.find(ticket.id)).toMatchObject({ attempts: 1, crashes: 1, lastError: 'it broke' })
    await store.door.write(stepOf(ticket, 'searching'))
    expect(await store.tickets.find(ticket.id)).toMatchObject({ attempts: 0, crashes: 0, lastError: null, dueAt: null })
  })

  test.each([
    ['one before', 0],
    ['one ahead', 2],
    ['far away', 77],
  ])('that expects another version (%s) writes nothing at all', async (_what, expectVersion) => {
    const ticket = await created()
    const before = await everything(ticket.id)
    const step = stepOf(ticket, 'matching', {
      expectVersion,
      jobs: [JOB],
      candidates: [sampleCandidate()],
      items: [{ itemId: 't1', idx: 0, kind: 'track', sourcePath: '/a' }],
    })
    expect(await store.door.write(step)).toBeNull()
    expect(await everything(ticket.id)).toEqual(before)
  })

  test('of a ticket that is not there writes nothing', async () => {
    const ticket = sampleTicket()
    expect(await store.door.write(stepOf(ticket, 'searching'))).toBeNull()
    expect(Object.values((await everything(ticket.id)) as object).flat()).toEqual([])
  })

  test('that fails in any part leaves nothing of the others', async () => {
    const ticket = await created()
    const before = await everything(ticket.id)
    const broken = { ...stepOf(ticket, 'searching'), cause: null as never }
    await expect(store.door.write(broken)).rejects.toThrow(/cause/)
    expect(await everything(ticket.id)).toEqual(before)
  })
})

describe('creation', () => {
  test('of an id that exists writes nothing', async () => {
    const ticket = await created()
    const before = await everything(ticket.id)
    expect(await store.door.write(creationOf({ ...ticket, requestedBy: 'bob' }))).toBeNull()
    expect(await everything(ticket.id)).toEqual(before)
  })

  test('under a key of the same requester happens once, of each requester once', async () => {
    const create = { requestHash: 'h', idempotencyKey: 'key' }
    const tickets = [sampleTicket(), sampleTicket(), sampleTicket({ requestedBy: 'bob' })]
    const results = await Promise.all(tickets.map((ticket) => store.door.write(creationOf(ticket, { create }))))
    expect(results.map((result) => result !== null)).toEqual([expect.any(Boolean), expect.any(Boolean), true])
    expect(results.slice(0, 2).filter((result) => result !== null)).toHaveLength(1)
    expect(await store.tickets.findByKey('bob', 'key')).toEqual({ id: tickets[2]?.id, requestHash: 'h' })
  })

  test('of 50 at once with one id makes one', async () => {
    const ticket = sampleTicket()
    const results = await Promise.all(Array.from({ length: 50 }, () => store.door.write(creationOf(ticket))))
    expect(results.filter((result) => result !== null)).toHaveLength(1)
    expect(await store.steps.history(ticket.id)).toHaveLength(1)
  })
})

describe('the number of a step', () => {
  test('is drawn when the ticket is held already: the tail of the steps relies on it', async () => {
    const ticket = await created()
    const other = await store.connect()
    await other.query('begin')
    await other.query('select from tickets where id = $1 for update', [ticket.id])
    const drawn = async () => (await store.rows('select last_value from ticket_transitions_seq_seq'))[0]
    const before = await drawn()
    const writing = store.door.write(stepOf(ticket, 'searching'))
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query like '%moved as%'`
    await waitFor('the writer to wait', async () => (await store.rows(waiting)).length === 1)
    expect(await drawn()).toEqual(before)
    await other.query('commit')
    expect(await writing).not.toBeNull()
    expect(await drawn()).not.toEqual(before)
  })
})

describe('many writers', () => {
  test('500 at once on one ticket: exactly one wins each version', async () => {
    const ticket = await created()
    const wins = new Map<number, number>()
    async function writer(): Promise<void> {
      for (let round = 0; round < 3; round += 1) {
        const now = await store.tickets.find(ticket.id)
        if (!now) throw new Error('the ticket is gone')
        if (await store.door.write(stepOf(now, 'searching'))) wins.set(now.version + 1, (wins.get(now.version + 1) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: 500 }, writer))
    const history = await store.steps.history(ticket.id)
    expect(history.map((entry) => entry.version)).toEqual(history.map((_, index) => index + 1))
    expect(new Set(wins.values())).toEqual(new Set([1]))
    expect(wins.size).toBe(history.length - 1)
    expect((await store.tickets.find(ticket.id))?.version).toBe(history.length)
  })

  test('a stale one, a broken one and a double one in the same batch do the others no harm', async () => {
    const tickets = await Promise.all(Array.from({ length: 30 }, () => created()))
    const writes = tickets.map((ticket, index): StepWrite => {
      const step = stepOf(ticket, 'searching')
      if (index === 7) return { ...step, expectVersion: 9 }
      if (index === 11) return { ...step, cause: null as never }
      return step
    })
    const results = await Promise.allSettled([...writes, ...writes.slice(0, 1)].map((step) => store.door.write(step)))
    const ways = results.map((result) => (result.status === 'rejected' ? 'broken' : result.value ? 'written' : 'stale'))
    // Of the two that are the same, either may be the one that counts.
    expect([ways[0], ways[30]].toSorted()).toEqual(['stale', 'written'])
    expect(ways.slice(1, 30)).toEqual(tickets.slice(1).map((_, index) => (index === 6 ? 'stale' : index === 10 ? 'broken' : 'written')))
  })
})

describe('parts', () => {
  test('candidates stand under the version of their search; scores and found files go to them', async () => {
    const ticket = await created()
    const found = stepOf(ticket, 'matching', { candidates: [sampleCandidate({ title: 'one' }), sampleCandidate({ title: 'two' })] })
    found.ticket = { ...found.ticket, work: { candidates_version: 2 } }
    await store.door.write(found)
    expect((await store.candidates.of(ticket.id, 2)).map(({ idx, torrent, score }) => [idx, torrent.title, score])).toEqual([
      [0, 'one', null],
      [1, 'two', null],
    ])
    const mapping = [{ catalog_track_id: 't1', torrent_file_path: 'a/1.flac', confidence: 1 }]
    const reasons = [{ code: 'title', points: 1, text: 'as asked' }]
    const files = [{ path: 'a/1.flac', size_bytes: 5 }]
    const score = { idx: 1, score: 0.75, trackMapping: mapping, reasons, torrent: sampleCandidate({ title: 'two', files }) }
    await store.door.write(stepOf(found.ticket, 'auto_approved', { scores: [score, { ...score, idx: 5 }] }))
    expect(await store.candidates.find(ticket.id, 2, 1)).toEqual({
      idx: 1,
      torrent: score.torrent,
      score: 0.75,
      trackMapping: mapping,
      reasons,
    })
    expect((await store.candidates.find(ticket.id, 2, 0))?.score).toBeNull()
    expect(await store.candidates.find(ticket.id, 2, 5)).toBeNull()
    expect(await store.candidates.of(ticket.id, 3)).toEqual([])
  })

  test('candidates may come with their scores', async () => {
    const ticket = await created()
    const scores = [{ idx: 1, score: 0.4, trackMapping: [{ catalog_track_id: 't', torrent_file_path: 'f', confidence: 0.4 }], reasons: [] }]
    const found = stepOf(ticket, 'matching', { candidates: [sampleCandidate(), sampleCandidate({ title: 'two' })], scores })
    found.ticket = { ...found.ticket, work: { candidates_version: 2 } }
    await store.door.write(found)
    expect(await store.candidates.of(ticket.id, 2)).toMatchObject([
      { idx: 0, score: null, trackMapping: [] },
      { idx: 1, score: 0.4, trackMapping: scores[0]?.trackMapping },
    ])
  })

  test('a step without candidates in the same batch gets none', async () => {
    const [one, two] = [await created(), await created()]
    await Promise.all([
      store.door.write(stepOf(one, 'matching', { candidates: [sampleCandidate()] })),
      store.door.write(stepOf(two, 'search_failed')),
    ])
    expect(await store.candidates.of(one.id, 2)).toHaveLength(1)
    expect(await store.candidates.of(two.id, 2)).toEqual([])
  })

  const RESULT = { outputPath: '/out', size: 5, sha256: 'x', info: {} }
  const item = (nr: number, sourcePath = `/torrent/${nr}.flac`) => ({ itemId: `t${nr}`, idx: nr - 1, kind: 'track' as const, sourcePath })

  async function converting(items = [item(1), item(2), item(3)]): Promise<Ticket> {
    const ticket = await created()
    const step = stepOf(ticket, 'converting', { items })
    step.ticket = { ...step.ticket, stageVersion: 2 }
    await store.door.write(step)
    return step.ticket
  }

  async function again(ticket: Ticket, items = [item(1), item(2), item(3)]): Promise<Ticket> {
    const step = stepOf(ticket, 'converting', { items })
    step.ticket = { ...step.ticket, stageVersion: step.ticket.version }
    expect(await store.door.write(step)).not.toBeNull()
    return step.ticket
  }

  test('items: what is done from the same source stays done, all else starts anew', async () => {
    const ticket = await converting()
    expect(await store.items.finish(ticket.id, 't1', 2, RESULT)).toBe(true)
    expect(await store.items.finish(ticket.id, 't2', 2, RESULT)).toBe(true)
    expect(await store.items.fail(ticket.id, 't3', 2, 'broke\0n')).toBe(true)
    await again(ticket, [item(1), item(2, '/another.flac'), item(3)])
    const items = await store.items.of(ticket.id)
    expect(items.map(({ itemId, status, error, attempts }) => [itemId, status, error, attempts])).toEqual([
      ['t1', 'done', null, 0],
      ['t2', 'waiting', null, 0],
      ['t3', 'waiting', null, 0],
    ])
  })

  test('items that a later download does not have are no items any more', async () => {
    const ticket = await converting()
    const other = await converting()
    await again(ticket, [item(2)])
    expect((await store.items.of(ticket.id)).map(({ itemId }) => itemId)).toEqual(['t2'])
    expect(await store.items.of(other.id)).toHaveLength(3)
  })

  test('resetItems takes up again what is not done', async () => {
    const ticket = await converting()
    await store.items.finish(ticket.id, 't1', 2, RESULT)
    await store.items.fail(ticket.id, 't2', 2, 'broken')
    await store.items.noteAttempt(ticket.id, 't3', 2, new Date(Date.now() + 60_000), 'broken')
    const step = stepOf(ticket, 'converting', { resetItems: 'open' })
    await store.door.write(step)
    expect(await store.items.tally(ticket.id)).toEqual({ waiting: 2, done: 1, failed: 0 })
    const waiting = { attempts: 0, crashes: 0, dueAt: null, error: null }
    expect(await store.items.of(ticket.id)).toMatchObject([{ status: 'done' }, waiting, waiting])
  })

  test('an item ends once, in its own turn only, with its audit', async () => {
    const ticket = await converting()
    const audit = {
      actor: 'convert-worker',
      at: new Date(),
      event: { type: 'ConversionCompleted' as const, payload: { item_id: 't1', output_path: '/out', duration_ms: 1 } },
    }
    const ends = await Promise.all(Array.from({ length: 20 }, () => store.items.finish(ticket.id, 't1', 2, RESULT, audit)))
    expect(ends.filter(Boolean)).toHaveLength(1)
    expect(await store.items.finish(ticket.id, 't2', 1, RESULT, audit)).toBe(false)
    expect(await store.items.finish(ticket.id, 'unknown', 2, RESULT, audit)).toBe(false)
    expect(await store.items.fail(ticket.id, 't1', 2, 'too late')).toBe(false)
    expect(await store.items.countCrash(ticket.id, 't1', 2)).toBeNull()
    const cancelled = stepOf(ticket, 'cancelled')
    await store.door.write({ ...cancelled, ticket: { ...cancelled.ticket, stageVersion: 3 } })
    expect(await store.items.finish(ticket.id, 't2', 2, RESULT, audit)).toBe(false)
    expect(await store.items.noteAttempt(ticket.id, 't2', 2, new Date(), 'x')).toBe(false)
    const { entries } = await store.audit.list({ ticketId: ticket.id, eventTypes: ['ConversionCompleted'], limit: 9 })
    expect(entries).toMatchObject([{ actor: 'convert-worker', payload: audit.event.payload }])
    expect(await store.items.find(ticket.id, 't1')).toMatchObject({ status: 'done', outputPath: '/out', size: 5, sha256: 'x' })
  })
})

describe('text from outside', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\0', '\ud800', '\udfff', '\\u0000', '"', '\\', '💿', "'", 'é', '\u2028') }),
  )
  const clean = (text: string) => text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd')

  test('of any kind is written and read again, with a mark for what no database takes', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const ticket = sampleTicket()
        await store.door.write(creationOf(ticket, { actor: text, reason: text, details: { text } }))
        await store.door.write(
          stepOf(ticket, 'matching', { candidates: [sampleCandidate({ title: text, files: [{ path: `${text}x`, size_bytes: 1 }] })] }),
        )
        const [entry] = await store.steps.history(ticket.id)
        expect(entry).toMatchObject({ actor: clean(text), reason: clean(text), details: { text: clean(text) } })
        const [candidate] = await store.candidates.of(ticket.id, 2)
        expect(candidate?.torrent).toMatchObject({ title: clean(text), files: [{ path: `${clean(text)}x` }] })
        expect(await store.tickets.noteAttempt(ticket.id, 1, new Date(), text)).toBe(true)
        expect((await store.tickets.find(ticket.id))?.lastError).toBe(clean(text.slice(0, 2000)))
      }),
      { numRuns: 60 },
    )
  })

  test('a name of nothing but NUL stays a name: one bad candidate does not spoil the reading of the rest', async () => {
    const ticket = await created()
    const candidates = [sampleCandidate({ files: [{ path: '\0', size_bytes: 1 }] }), sampleCandidate({ title: 'good' })]
    await store.door.write(stepOf(ticket, 'matching', { candidates }))
    expect((await store.candidates.of(ticket.id, 2)).map(({ torrent }) => torrent.title)).toEqual([candidates[0]?.title, 'good'])
  })
})
