import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  createTestDatabase,
  createTestRedis,
  openSqlSession,
  type SqlSession,
  type TestDatabase,
  type TestRedis,
} from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { type Caller, openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let redis: TestRedis
let sql: SqlSession
let gateways: [TestGateway, TestGateway]

beforeAll(async () => {
  database = await createTestDatabase()
  redis = await createTestRedis()
  sql = await openSqlSession(database.url)
  const env = {
    REDIS_PREFIX: `limits-${randomUUID().slice(0, 8)}`,
    LIMITS_OPEN_TICKETS: '3',
    LIMITS_USERS: JSON.stringify([{ user: 'ben', requests_per_minute: 5, open_tickets: 0, tickets_per_day: 4 }]),
    SERVER_BASE_PATH: '/torrentino',
    SERVER_CORS_ORIGINS: 'https://app.example',
  }
  const servers = { databaseUrl: database.url, redisUrl: redis.url, env }
  gateways = [await openGateway(servers), await openGateway(servers)]
})
afterAll(async () => {
  for (const gateway of gateways ?? []) await gateway.close()
  await sql?.close()
  await redis?.drop()
  await database?.drop()
})

const post = (as: Caller, nr = 0, body: object = sampleTicket()) =>
  gateways[nr % 2 === 0 ? 0 : 1].call('POST', '/api/v1/ticket', { as, body })
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).toSorted()

describe('limits', () => {
  it('a user has so many tickets under way; what ends makes room, what was filed before is no new one, and admins have any number', async () => {
    const first = sampleTicket()
    const answers = [await post('ann', 0, first), await post('ann', 1), await post('ann', 0), await post('ann', 1)]
    expect(statuses(answers)).toEqual([201, 201, 201, 429])
    expect(answers[3]?.json).toMatchObject({
      code: 'too_many_requests',
      detail: 'you have 3 tickets under way, and may have 3',
      retry_after_secs: 60,
    })
    expect(answers[3]?.headers.get('retry-after')).toBe('60')
    const { ticket_id } = answers[0]?.json ?? {}
    expect((await post('ann', 1, { ...first, ticket_id })).status).not.toBe(429)
    await gateways[0].call('DELETE', `/api/v1/ticket/${ticket_id}`, { as: 'ann' })
    expect((await post('ann', 1)).status).toBe(201)
    expect(statuses(await Promise.all(Array.from({ length: 6 }, (_, nr) => post('admin', nr))))).toEqual(Array(6).fill(201))
  })

  it('those that come together, at one gateway or at several, are counted one by one', async () => {
    await sql.query(`update tickets set requested_by = 'other'`)
    const answers = await Promise.all(Array.from({ length: 8 }, (_, nr) => post('ann', nr)))
    expect(statuses(answers)).toEqual([201, 201, 201, 429, 429, 429, 429, 429])
  })

  it('a user files so many in 24 hours, and comes so often in a minute, by limits of his own and over all gateways', async () => {
    expect(statuses([await post('ben', 0), await post('ben', 1), await post('ben', 0), await post('ben', 1)])).toEqual([201, 201, 201, 201])
    const day = await post('ben', 0)
    expect([day.status, day.json.detail]).toEqual([429, 'you may file 4 tickets within 24 hours'])
    expect(Number(day.headers.get('retry-after'))).toBeGreaterThan(86_000)
    const minute = await post('ben', 1)
    expect([minute.status, minute.json.detail]).toEqual([429, 'you may make 5 requests a minute'])
    expect(Number(minute.headers.get('retry-after'))).toBeLessThanOrEqual(12)
    expect((await gateways[0].call('GET', '/api/v1/health', { as: 'ben' })).status).toBe(200)
  })

  it('while Redis is away everybody is let in', async () => {
    await redis.stop()
    expect(statuses(await Promise.all(Array.from({ length: 7 }, () => gateways[0].call('GET', '/api/v1/tickets', { as: 'ben' }))))).toEqual(
      Array(7).fill(200),
    )
    await redis.start()
  })
})

describe('behind a proxy', () => {
  it("answers with and without the part of the path that is the proxy's, and names addresses with it", async () => {
    const posted = await gateways[0].call('POST', '/torrentino/api/v1/ticket', { body: sampleTicket() })
    expect([posted.status, posted.headers.get('location')]).toEqual([201, `/torrentino/api/v1/ticket/${posted.json.ticket_id}`])
    for (const path of [`/torrentino/tickets/${posted.json.ticket_id}`, `/api/v1/ticket/${posted.json.ticket_id}`, '/torrentino/api/docs'])
      expect((await gateways[0].call('GET', path)).status).toBe(200)
  })
})

describe('pages in a browser', () => {
  const ask = (origin: string, method = 'GET', headers: Record<string, string> = {}) =>
    gateways[0].call(method, '/api/v1/tickets', { headers: { origin, ...headers }, ...(method === 'POST' && { body: {} }) })

  it('of the origins that are set may call, others get no leave', async () => {
    const allowed = await ask('https://app.example')
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(allowed.headers.get('access-control-expose-headers')).toContain('Retry-After')
    expect(allowed.headers.get('vary')).toContain('Origin')
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('may ask before they call, without a key', async () => {
    const headers = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' }
    const answer = await gateways[0].call('OPTIONS', '/api/v1/tickets', {
      as: 'nobody',
      headers: { origin: 'https://app.example', ...headers },
    })
    expect([answer.status, answer.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization,content-type'])
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST')
  })

  it('may change something only where they may call', async () => {
    const from = { 'sec-fetch-site': 'cross-site' }
    expect((await ask('https://app.example', 'POST', from)).status).toBe(400)
    expect((await ask('https://evil.example', 'POST', from)).status).toBe(403)
  })
})
