import { afterAll, describe, expect, test } from '@jest/globals'
import { AUDIT_TYPES, type AuditType, STATES, type StateName } from '@torrentino/domain'
import { creationOf, openTestStore, sampleTicket } from '@torrentino/testkit'
import fc from 'fast-check'
import type { AuditFilter } from './audit.js'
import type { TicketFilter } from './tickets.js'

const store = await openTestStore()
afterAll(() => store.drop())

// Few moments, requesters, states and types, so that ties and empty answers come often.
await store.rows(`insert into tickets (id, version, state, state_data, stage_version, requested_by, priority, request, request_hash, work, created_at)
  select gen_random_uuid(), 1, (array['pending','failed','completed','needs_approval'])[1 + n % 4], '{}', 1,
    (array['ann','bob','eve'])[1 + n % 3], 2, '{}', 'h', '{}', timestamptz '2026-01-01' + (n / 7) * interval '1 ms'
  from generate_series(1, 200) n`)
await store.rows(`insert into audit_events (ticket_id, event_type, actor, at, payload)
  select case n % 5 when 0 then null else ('00000000-0000-4000-8000-00000000000' || n % 5)::uuid end,
    (array['TicketCreated','TicketStateChanged','SearchExecuted'])[1 + n % 3], (array['ann','search-worker'])[1 + n % 2],
    timestamptz '2026-01-01' + (n / 6) * interval '1 s', '{}'
  from generate_series(1, 200) n`)

async function follow<T>(read: (after: string | undefined) => Promise<{ rows: T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = []
  for (let after: string | undefined; ; ) {
    const { rows, next } = await read(after)
    all.push(...rows)
    if (next === null) return all
    after = next
  }
}

const states = fc.option(fc.uniqueArray(fc.constantFrom<StateName>('pending', 'failed', 'completed', 'cancelled'), { maxLength: 4 }), {
  nil: undefined,
})
const limit = fc.integer({ min: 1, max: 60 })

describe('lists', () => {
  test('tickets: pages by key are the pages by offset, whatever is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(states, fc.constantFrom(undefined, 'ann', 'bob', 'nobody'), limit, async (wanted, requestedBy, size) => {
        const filter: TicketFilter = { states: wanted, requestedBy, limit: size }
        const byKey = await follow(async (after) => {
          const { tickets, next } = await store.tickets.list({ ...filter, after })
          expect(tickets.length).toBeLessThanOrEqual(size)
          return { rows: tickets.map((ticket) => ticket.id), next }
        })
        const byOffset: string[] = []
        for (let offset = 0; ; offset += size) {
          const { tickets } = await store.tickets.list({ ...filter, offset })
          byOffset.push(...tickets.map((ticket) => ticket.id))
          if (tickets.length < size) break
        }
        const expected = await store.rows<{ id: string }>(
          `select id from tickets where ($1::text[] is null or state = any($1)) and ($2::text is null or requested_by = $2)
           order by created_at desc, id desc`,
          [wanted?.length ? wanted : null, requestedBy ?? null],
        )
        expect(byKey).toEqual(expected.map((row) => row.id))
        expect(byOffset).toEqual(byKey)
      }),
      { numRuns: 40 },
    )
  })

  test('audit: the same, in both directions', async () => {
    const types = fc.option(fc.uniqueArray(fc.constantFrom<AuditType>('TicketCreated', 'SearchExecuted', 'AdminRetry'), { maxLength: 3 }), {
      nil: undefined,
    })
    const moment = fc.option(
      fc.integer({ min: 0, max: 40 }).map((secs) => new Date(Date.UTC(2026, 0, 1, 0, 0, secs))),
      { nil: undefined },
    )
    const ticketId = fc.constantFrom(undefined, '00000000-0000-4000-8000-000000000001')
    const ask = fc.record({
      ticketId,
      eventTypes: types,
      actor: fc.constantFrom(undefined, 'ann', 'nobody'),
      from: moment,
      to: moment,
      limit,
      order: fc.constantFrom('newest' as const, 'oldest' as const),
    })
    await fc.assert(
      fc.asyncProperty(ask, async (filter: AuditFilter) => {
        const byKey = await follow(async (after) => {
          const { entries, next } = await store.audit.list({ ...filter, after })
          return { rows: entries.map((entry) => entry.id), next }
        })
        const byOffset: string[] = []
        for (let offset = 0; ; offset += filter.limit) {
          const { entries } = await store.audit.list({ ...filter, offset })
          byOffset.push(...entries.map((entry) => entry.id))
          if (entries.length < filter.limit) break
        }
        const direction = filter.order === 'oldest' ? 'asc' : 'desc'
        const expected = await store.rows<{ id: string }>(
          `select id from audit_events where ($1::uuid is null or ticket_id = $1) and ($2::text[] is null or event_type = any($2))
             and ($3::text is null or actor = $3) and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
           order by at ${direction}, id ${direction}`,
          [filter.ticketId, filter.eventTypes?.length ? filter.eventTypes : null, filter.actor, filter.from, filter.to],
        )
        expect(byKey).toEqual(expected.map((row) => row.id))
        expect(byOffset).toEqual(byKey)
      }),
      { numRuns: 60 },
    )
  })

  test('the export gives all, oldest first, in parts', async () => {
    const ids: string[] = []
    for await (const entries of store.audit.stream({ eventTypes: ['TicketCreated', 'SearchExecuted'] }))
      ids.push(...entries.map((entry) => entry.id))
    const expected = await store.rows<{ id: string }>(
      `select id from audit_events where event_type in ('TicketCreated', 'SearchExecuted') order by at, id`,
    )
    expect(ids).toEqual(expected.map((row) => row.id))
  })

  test('what comes while somebody pages neither moves nor doubles what is there', async () => {
    const before = await store.rows<{ id: string }>('select id from tickets order by created_at desc, id desc')
    const newcomers: string[] = []
    const seen = await follow(async (after) => {
      const { tickets, next } = await store.tickets.list({ limit: 30, after })
      const ticket = sampleTicket()
      newcomers.push(ticket.id)
      await store.door.write(creationOf(ticket))
      return { rows: tickets.map((row) => row.id), next }
    })
    expect(seen).toEqual(before.map((row) => row.id))
    expect((await store.tickets.list({ limit: newcomers.length })).tickets.map((ticket) => ticket.id).toSorted()).toEqual(
      newcomers.toSorted(),
    )
  })

  test.each(['', 'x', 'bm8', Buffer.from('2026-01-01T00:00:00.000Z').toString('base64url'), 'a'.repeat(100), "'; drop table tickets"])(
    'the cursor %j is refused with the place of the fault',
    async (after) => {
      const fault = { code: 'invalid_request', details: { errors: [{ path: 'after' }] } }
      await expect(store.tickets.list({ limit: 1, after })).rejects.toMatchObject(fault)
      await expect(store.audit.list({ limit: 1, after })).rejects.toMatchObject(fault)
    },
  )

  test('a ticket is found by its id in any case; an unknown or odd one is not, and odd ones do not disturb their neighbours', async () => {
    const ticket = sampleTicket()
    await store.door.write(creationOf(ticket))
    const asked = [ticket.id, ticket.id.toUpperCase(), sampleTicket().id, 'nonsense', ticket.id]
    const found = await Promise.allSettled(asked.map((id) => store.tickets.find(id)))
    expect(found.map((result) => (result.status === 'fulfilled' ? (result.value?.id ?? null) : 'refused'))).toEqual([
      ticket.id,
      ticket.id,
      null,
      'refused',
      ticket.id,
    ])
  })

  test('counts by state are of all tickets', async () => {
    const counts = await store.tickets.countByState()
    expect(counts.every(({ state }) => STATES.includes(state))).toBe(true)
    const [{ count } = { count: 0 }] = await store.rows<{ count: number }>('select count(*)::int as count from tickets')
    expect(counts.reduce((sum, entry) => sum + entry.count, 0)).toBe(count)
  })
})

describe('the audit', () => {
  test.each(["update audit_events set actor = 'somebody else'", 'delete from audit_events', 'truncate audit_events'])(
    'refuses: %s',
    async (sql) => {
      const before = await store.rows('select * from audit_events order by id')
      await expect(store.rows(sql)).rejects.toThrow(/append-only/)
      expect(await store.rows('select * from audit_events order by id')).toEqual(before)
    },
  )

  test('takes every type of event, many at once', async () => {
    const before = await store.rows<{ count: number }>('select count(*)::int as count from audit_events')
    await Promise.all(
      AUDIT_TYPES.map((type) => store.audit.append({ ticketId: null, actor: 'test', event: { type, payload: {} } as never })),
    )
    const { entries } = await store.audit.list({ actor: 'test', limit: 100 })
    expect(entries.map((entry) => entry.event_type).toSorted()).toEqual(AUDIT_TYPES.toSorted())
    expect(await store.rows('select count(*)::int as count from audit_events')).toEqual([
      { count: (before[0]?.count ?? 0) + AUDIT_TYPES.length },
    ])
  })
})
