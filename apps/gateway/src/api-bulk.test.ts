import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { BulkAnswer, StateName } from '@torrentino/domain'
import {
  createTestDatabase,
  creationOf,
  openSqlSession,
  type SqlSession,
  sampleTicket,
  sharedRedisUrl,
  type TestDatabase,
} from '@torrentino/testkit'
import { openWorkers, type Workers } from './test-support/steps-of-workers.js'
import { openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let sql: SqlSession
let gateway: TestGateway
let workers: Workers

beforeAll(async () => {
  database = await createTestDatabase()
  sql = await openSqlSession(database.url)
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl() })
  workers = openWorkers(gateway.config)
})
afterAll(async () => {
  await workers?.close()
  await gateway?.close()
  await sql?.close()
  await database?.drop()
})
beforeEach(() => sql.query('delete from tickets'))

async function make(count: number, state: StateName, requestedBy = 'ann', createdAt = new Date()): Promise<string[]> {
  const tickets = Array.from({ length: count }, () => sampleTicket({ state, requestedBy, stage: null }))
  await Promise.all(tickets.map((ticket) => workers.store.door.write(creationOf(ticket))))
  const ids = tickets.map(({ id }) => id)
  await sql.query('update tickets set created_at = $1 where id = any($2::uuid[])', [createdAt, ids])
  return ids
}

async function bulk(body: object): Promise<BulkAnswer> {
  const { status, json } = await gateway.call('POST', '/api/v1/tickets/bulk', { body: { dry_run: false, ...body } })
  expect(status).toBe(200)
  return json
}
const counts = ({ matched, done, refused, left }: BulkAnswer) => ({ matched, done, refused, left })
const statesOf = async () => Object.fromEntries((await workers.store.tickets.countByState()).map(({ state, count }) => [state, count]))
const auditsOf = async (type: string) =>
  Number(
    (await sql.query<{ count: string }>(`select count(*) from audit_events where event_type = '${type}' and actor = 'admin'`))[0]?.count,
  )

describe('500 tickets', () => {
  it('are told of by a dry run and left as they are, then done each with its audit, and not again', async () => {
    const ids = await make(500, 'needs_approval')
    await make(3, 'failed')
    const body = { action: 'reject', filter: { state: ['needs_approval', 'failed'] }, reason: 'all of them' }
    const dry = await bulk({ ...body, dry_run: true })
    expect(counts(dry)).toEqual({ matched: 500, done: 0, refused: 0, left: 0 })
    expect(dry.results.map(({ ticket_id }) => ticket_id).toSorted()).toEqual(ids.toSorted())
    expect(await statesOf()).toEqual({ needs_approval: 500, failed: 3 })

    const real = await bulk(body)
    expect(counts(real)).toEqual({ matched: 500, done: 500, refused: 0, left: 0 })
    expect(new Set(real.results.map(({ outcome, state }) => `${outcome} ${state}`))).toEqual(new Set(['done rejected']))
    expect(await statesOf()).toEqual({ rejected: 500, failed: 3 })
    expect(await auditsOf('ApprovalRejected')).toBe(500)

    expect(counts(await bulk(body))).toEqual({ matched: 0, done: 0, refused: 0, left: 0 })
    expect(await auditsOf('ApprovalRejected')).toBe(500)
  })

  it('are each done once where two admins ask at the same time', async () => {
    await make(500, 'downloading')
    const answers = await Promise.all([1, 2].map(() => bulk({ action: 'cancel', filter: { requested_by: 'ann' } })))
    expect(answers.reduce((sum, { done }) => sum + done, 0)).toBe(500)
    for (const { results } of answers)
      for (const { outcome, code } of results)
        expect([outcome, code]).toEqual(outcome === 'done' ? ['done', undefined] : ['refused', 'illegal_transition'])
    expect(await statesOf()).toEqual({ cancelled: 500 })
    expect(await auditsOf('TicketCancelled')).toBe(500)
  })
})

it('one request does a thousand, the oldest, and says how many are left', async () => {
  await make(1, 'failed', 'ann', new Date('2020-01-01T00:00:00Z'))
  await sql.query(
    `insert into tickets (id, version, state, state_data, stage_version, requested_by, priority, request, request_hash, work)
     select gen_random_uuid(), version, state, state_data, stage_version, requested_by, priority, request, request_hash, work
     from tickets, generate_series(1, 1004)`,
  )
  const dry = await bulk({ action: 'retry', filter: { state: ['failed'] }, dry_run: true })
  expect([counts(dry), dry.results.length]).toEqual([{ matched: 1005, done: 0, refused: 0, left: 5 }, 1000])
  const [{ id } = { id: '' }] = await sql.query<{ id: string }>("select id from tickets where created_at < '2021-01-01'")
  expect(dry.results[0]?.ticket_id).toBe(id)
})

describe('the filter', () => {
  it.each<[string, object, number]>([
    ['of who asked', { requested_by: 'ben' }, 2],
    ['of a state', { state: ['needs_approval'] }, 3],
    ['of a state that the action is not for', { state: ['completed'] }, 0],
    ['of the time from', { created_after: '2024-01-01T00:00:00Z' }, 4],
    ['of the time until', { created_before: '2024-01-01T00:00:00Z' }, 2],
    ['of both, with others', { created_after: '2023-01-01T00:00:00Z', created_before: '2024-01-01T00:00:00Z', requested_by: 'ann' }, 1],
  ])('%s', async (_what, filter, matched) => {
    await make(1, 'failed', 'ann', new Date('2023-05-01T00:00:00Z'))
    await make(1, 'needs_approval', 'ben', new Date('2022-05-01T00:00:00Z'))
    await make(1, 'matching', 'ben')
    await make(2, 'needs_approval')
    await make(1, 'downloading')
    await make(1, 'completed')
    expect((await bulk({ action: 'cancel', filter, dry_run: true })).matched).toBe(matched)
  })

  it('of ids, of which some are of no ticket', async () => {
    const [one] = await make(2, 'search_failed')
    const { results } = await bulk({ action: 'retry', filter: { ids: [one, '00000000-0000-4000-8000-000000000000'] } })
    expect(results).toEqual([{ ticket_id: one, outcome: 'done', state: 'pending' }])
  })
})

it.each([
  [{ action: 'cancel', filter: {}, dry_run: false }, 'filter'],
  [{ action: 'cancel', dry_run: false }, 'filter'],
  [{ action: 'cancel', filter: { ids: [] }, dry_run: false }, 'filter.ids'],
  [{ action: 'cancel', filter: { requested_by: 'ann' } }, 'dry_run'],
  [{ action: 'approve', filter: { requested_by: 'ann' }, dry_run: false, reason: 'so' }, 'reason'],
  [{ action: 'delete', filter: { requested_by: 'ann' }, dry_run: false }, 'action'],
])('%j is refused', async (body, path) => {
  const { status, json } = await gateway.call('POST', '/api/v1/tickets/bulk', { body })
  expect([status, json.errors[0].path]).toEqual([400, path])
})
