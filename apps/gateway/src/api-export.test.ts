import http from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AuditEntryView } from '@torrentino/domain'
import { openStore, type Store } from '@torrentino/store'
import { createTestDatabase, sharedRedisUrl, type TestDatabase, waitFor } from '@torrentino/testkit'
import pg from 'pg'
import { sampleTicket } from './test-support/sample-ticket.js'
import { KEYS, openGateway, type TestGateway } from './test-support/test-gateway.js'

const MANY = 30_000

let database: TestDatabase
let store: Store
let gateway: TestGateway
let pagesRead = 0

beforeAll(async () => {
  database = await createTestDatabase()
  store = openStore({ url: database.url, poolSize: 5, onError: () => {} })
  const stream: Store['audit']['stream'] = async function* (filter) {
    for await (const page of store.audit.stream(filter)) {
      pagesRead += 1
      yield page
    }
  }
  const counted = { ...store, audit: { ...store.audit, stream } }
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl(), parts: { store: counted } })
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  await pool.query(
    `insert into audit_events (ticket_id, event_type, actor, at, payload)
     select null, 'SearchExecuted', 'filler', '2024-01-01'::timestamptz + nr * interval '1 second', jsonb_build_object('query', repeat('x', 1000))
     from generate_series(1, $1) nr`,
    [MANY],
  )
  await pool.end()
})

afterAll(async () => {
  await gateway?.close()
  await database?.drop()
})

const lines = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => AuditEntryView.parse(JSON.parse(line)))

describe('the export of the audit', () => {
  it('sends every entry as a line, oldest first', async () => {
    const { status, headers, text } = await gateway.call('GET', '/api/v1/audit/export?format=jsonl&actor=filler')
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8'])
    const entries = lines(text)
    expect(entries).toHaveLength(MANY)
    expect(entries.map((entry) => entry.at)).toEqual(entries.map((entry) => entry.at).sort())
  })

  it('filters as the list does', async () => {
    await gateway.call('POST', '/api/v1/ticket', { as: 'ann', body: sampleTicket() })
    const { text } = await gateway.call('GET', '/api/v1/audit/export?event_type=TicketCreated&actor=ann')
    expect(lines(text).map((entry) => [entry.event_type, entry.actor])).toEqual([['TicketCreated', 'ann']])
    const range = await gateway.call('GET', '/api/v1/audit/export?from=2024-01-01T00:00:10Z&to=2024-01-01T00:00:20Z')
    expect(lines(range.text)).toHaveLength(10)
    expect((await gateway.call('GET', '/api/v1/audit/export?actor=nobody')).text).toBe('')
  })

  it('has what decisions are learnt from: those of the matcher and what people said, by their types', async () => {
    const scored = { candidates_scored: [], selected_idx: null, confidence: 0, reasoning: 'nothing was found' }
    await store.audit.append({
      ticketId: null,
      actor: 'teacher',
      event: { type: 'MatchingCompleted', payload: { matcher_type: 'dumb', ...scored } },
    })
    await store.audit.append({
      ticketId: null,
      actor: 'teacher',
      event: { type: 'ApprovalRejected', payload: { rejected_by: 'teacher', reason: 'a fake' } },
    })
    await store.audit.append({ ticketId: null, actor: 'teacher', event: { type: 'AdminRetry', payload: { admin_id: 'teacher' } } })
    const types = 'MatchingCompleted,ApprovalGranted,ApprovalRejected'
    const { text } = await gateway.call('GET', `/api/v1/audit/export?format=jsonl&actor=teacher&event_type=${types}`)
    expect(lines(text).map((entry) => entry.event_type)).toEqual(['MatchingCompleted', 'ApprovalRejected'])
    expect(lines(text)[0]?.payload).toMatchObject({ matcher_type: 'dumb', ...scored })
  })

  it('reads no further than its reader, and stops when he goes', async () => {
    pagesRead = 0
    const request = http.get(`${gateway.url}/api/v1/audit/export?actor=filler`, { headers: { authorization: `Bearer ${KEYS.admin}` } })
    const response = await new Promise<http.IncomingMessage>((resolve) => request.once('response', resolve))
    await new Promise((resolve) => response.once('readable', resolve))
    let settled = -1
    await waitFor(
      'the export to wait for its reader',
      () => {
        const same = settled === pagesRead
        settled = pagesRead
        return same
      },
      120_000,
      200,
    )
    expect(settled).toBeLessThan(MANY / 1000)
    request.on('error', () => {})
    request.destroy()
    expect((await gateway.call('HEAD', '/api/v1/audit/export?actor=filler')).status).toBe(200)
    expect(pagesRead).toBeLessThan(MANY / 1000)
  })
})
