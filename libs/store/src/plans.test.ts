import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import { OPEN_STATES } from '@torrentino/domain'
import { openTestStore } from '@torrentino/testkit'
import { matchingQuery, type TicketMatch } from './find-matching.js'
import { MOST_STEPS, OLDEST, RECENT } from './latencies.js'
import { listQueries } from './test-support/list-queries.js'
import { manyRowsSql } from './test-support/many-rows.js'
import { readPlan } from './test-support/query-plan.js'
import { ACTIVE_TURNS, STANDING } from './tickets.js'

const store = await openTestStore()
afterAll(() => store.drop())
const TICKETS = Number(process.env.PLAN_TICKETS ?? 100_000)
const AUDITS = 5 * TICKETS
const STEPS = TICKETS
// A page and the first row of each value that is merged; an offset is walked over.
const FEW_ROWS = 500
const OFFSET = 1_000

// Filled without their indices, which are made as they were: much quicker.
const indices = await store.rows<{ name: string; sql: string }>(
  `select indexname as name, indexdef as sql from pg_indexes where tablename in ('tickets', 'audit_events') and indexname not like '%_pkey'`,
)
for (const { name } of indices) await store.rows(`drop index "${name}"`)
const [fillTickets = '', fillAudit = '', ...analyze] = manyRowsSql(TICKETS, AUDITS)
await Promise.all([store.rows(fillTickets), store.rows(fillAudit)])
await Promise.all(indices.map(({ sql }) => store.rows(sql)))
for (const sql of analyze) await store.rows(sql)
await store.rows(`insert into ticket_transitions (ticket_id, version, cause, from_state, to_state, actor, requested_by, details, at)
  select md5('ticket ' || 1 + n / 10)::uuid, 1 + n % 10, 'step', 'pending', 'searching', 'a', 'anonymous', '{}', timestamptz '2024-01-01' + n * interval '6.3 s'
  from generate_series(0, ${STEPS - 1}) n`)
await store.rows('analyze ticket_transitions')
const [{ id: someTicket } = { id: '' }] = await store.rows<{ id: string }>('select id from tickets offset 50000 limit 1')

async function planOf({ text, values }: { text: string; values: unknown[] }) {
  return readPlan(await store.rows(`explain (analyze, buffers off, format json) ${text}`, values))
}

describe(`with ${TICKETS} tickets and ${AUDITS} audit entries`, () => {
  test.each(listQueries(someTicket))('%s: read by an index, few rows', async (name, query) => {
    const { reads, visited, sorted } = await planOf(query)
    expect(reads).not.toEqual([])
    expect(reads.filter((read) => !read.startsWith('Index') && !read.startsWith('Bitmap'))).toEqual([])
    expect(visited).toBeLessThanOrEqual(FEW_ROWS + (name.includes('offset') ? OFFSET : 0))
    expect(sorted).toBeLessThanOrEqual(FEW_ROWS)
  })

  test.each<[string, TicketMatch]>([
    ['in a rare state', { states: ['needs_approval'] }],
    ['in a state that many are in', { states: ['failed'] }],
    ['in any state that is not over', { states: OPEN_STATES }],
    ['of a requester', { states: ['failed'], requestedBy: 'user 17' }],
    ['of a time', { states: ['failed'], createdAfter: new Date('2024-02-01'), createdBefore: new Date('2024-02-09') }],
    ['of ids', { states: ['failed'], ids: [someTicket, ...Array.from({ length: 999 }, () => randomUUID())] }],
  ])('tickets for a bulk action, %s: read by an index, hardly more rows than fit', async (name, match) => {
    const { reads, visited, ms } = await planOf(matchingQuery(match, 1000))
    const { count } = await store.tickets.matching(match, 1)
    if (process.env.PLAN_TICKETS) console.log(name, count, 'fit', visited, 'rows', ms, 'ms', reads.join())
    expect(reads.filter((read) => !read.startsWith('Index') && !read.startsWith('Bitmap'))).toEqual([])
    expect(visited).toBeLessThanOrEqual(2 * count + FEW_ROWS)
  })

  test('the times of the stages cost the latest steps, each with the one before it', async () => {
    const { reads, visited } = await planOf({ text: RECENT, values: [new Date(0)] })
    expect(reads.filter((read) => !read.startsWith('Index'))).toEqual([])
    expect(visited).toBeLessThanOrEqual(2 * MOST_STEPS)
    const { stays, from } = await store.latencies.recent(new Date(0))
    expect(stays.length).toBeGreaterThan(MOST_STEPS / 2)
    expect(from.getTime()).toBeGreaterThan(Date.parse('2024-01-01'))
  })

  test('the oldest in each queue is found by an index', async () => {
    const { reads, visited } = await planOf({ text: OLDEST, values: [['completed', 'failed', 'placing']] })
    expect(reads.filter((read) => !read.startsWith('Index') && !read.startsWith('Function'))).toEqual([])
    expect(visited).toBeLessThanOrEqual(20)
  })

  test('the turns that are on are found without looking at the tickets that are over', async () => {
    const active = TICKETS / 50_000
    const { reads, visited } = await planOf({
      text: ACTIVE_TURNS,
      values: ['00000000-0000-0000-0000-000000000000', new Date(), new Date(), 500],
    })
    expect(reads.join()).toMatch(/tickets_active_idx/)
    expect(reads.join()).not.toMatch(/Seq Scan/)
    expect(visited).toBeLessThanOrEqual(5 * active)
    expect((await store.tickets.activeTurns(null, new Date(), new Date(), 500)).length).toBe(active)
  })

  test('how many stand where, and for how long, is found without looking at the tickets that are over', async () => {
    // What Postgres knows of rare states depends on the rows that it happened to look at.
    for (let sample = 0; sample < 5; sample++) {
      await store.rows('analyze tickets')
      const { reads, visited } = await planOf({ text: STANDING, values: [] })
      expect(reads.join()).not.toMatch(/Seq Scan/)
      expect(visited).toBeLessThanOrEqual(50)
    }
    const standing = await store.tickets.standing()
    expect(standing.find(({ state }) => state === 'needs_approval')).toEqual({
      state: 'needs_approval',
      count: 5,
      oldestSecs: expect.any(Number),
    })
    expect(standing.map(({ state }) => state)).toEqual(OPEN_STATES)
    expect(standing.find(({ state }) => state === 'placing')).toEqual({ state: 'placing', count: 0, oldestSecs: 0 })
  })
})
