import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestDatabase, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { type Caller, KEYS, openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let gateway: TestGateway
let open: TestGateway
let annsTicket: string

beforeAll(async () => {
  database = await createTestDatabase()
  const servers = { databaseUrl: database.url, redisUrl: await sharedRedisUrl() }
  gateway = await openGateway(servers)
  open = await openGateway({ ...servers, env: { AUTH_METHOD: 'none', AUTH_TOKENS: '' } })
  annsTicket = (await gateway.call('POST', '/api/v1/ticket', { as: 'ann', body: sampleTicket() })).json.ticket_id
})

afterAll(async () => {
  await gateway?.close()
  await open?.close()
  await database?.drop()
})

const MAGNET = { magnet_uri: `magnet:?xt=urn:btih:${'a'.repeat(40)}` }

/** What each caller gets: the commands come before their time (409) or are not sent what they need (400), but they are let in. */
const ROUTES: [method: string, path: string, body: unknown, answers: Record<Caller, number>][] = [
  ['GET', '/api/v1/health', undefined, { nobody: 200, ann: 200, ben: 200, admin: 200 }],
  ['GET', '/healthz', undefined, { nobody: 200, ann: 200, ben: 200, admin: 200 }],
  ['GET', '/api/v1/ready', undefined, { nobody: 200, ann: 200, ben: 200, admin: 200 }],
  ['GET', '/readyz', undefined, { nobody: 200, ann: 200, ben: 200, admin: 200 }],
  ['GET', '/api/v1/stats', undefined, { nobody: 401, ann: 200, ben: 200, admin: 200 }],
  ['GET', '/api/v1/config', undefined, { nobody: 401, ann: 403, ben: 403, admin: 200 }],
  ['GET', '/api/v1/tickets', undefined, { nobody: 401, ann: 200, ben: 200, admin: 200 }],
  ['GET', '/api/v1/tickets?requested_by=ann', undefined, { nobody: 401, ann: 200, ben: 403, admin: 200 }],
  ['GET', '/api/v1/ticket/ANN', undefined, { nobody: 401, ann: 200, ben: 404, admin: 200 }],
  ['GET', '/tickets/ANN', undefined, { nobody: 401, ann: 200, ben: 404, admin: 200 }],
  ['GET', '/api/v1/ticket/ANN/files', undefined, { nobody: 401, ann: 200, ben: 404, admin: 200 }],
  ['GET', '/api/v1/ticket/ANN/files/t1', undefined, { nobody: 401, ann: 404, ben: 404, admin: 404 }],
  ['POST', '/api/v1/ticket', {}, { nobody: 401, ann: 400, ben: 400, admin: 400 }],
  ['POST', '/api/v1/ticket/ANN/approve', {}, { nobody: 401, ann: 403, ben: 403, admin: 409 }],
  ['POST', '/api/v1/ticket/ANN/reject', {}, { nobody: 401, ann: 403, ben: 403, admin: 409 }],
  ['POST', '/api/v1/ticket/ANN/retry', {}, { nobody: 401, ann: 403, ben: 403, admin: 409 }],
  ['POST', '/api/v1/ticket/ANN/force-search', {}, { nobody: 401, ann: 403, ben: 403, admin: 400 }],
  ['GET', '/api/v1/catalog', undefined, { nobody: 401, ann: 403, ben: 403, admin: 200 }],
  ['GET', `/api/v1/catalog/${'a'.repeat(40)}`, undefined, { nobody: 401, ann: 403, ben: 403, admin: 404 }],
  ['POST', `/api/v1/catalog/${'a'.repeat(40)}/pin`, undefined, { nobody: 401, ann: 403, ben: 403, admin: 404 }],
  ['DELETE', `/api/v1/catalog/${'a'.repeat(40)}`, undefined, { nobody: 401, ann: 403, ben: 403, admin: 404 }],
  ['GET', '/api/v1/audit', undefined, { nobody: 401, ann: 403, ben: 403, admin: 200 }],
  ['GET', '/api/v1/audit?ticket_id=ANN', undefined, { nobody: 401, ann: 200, ben: 404, admin: 200 }],
  ['GET', '/api/v1/audit/export', undefined, { nobody: 401, ann: 403, ben: 403, admin: 200 }],
  ['GET', '/api/v1/audit/export?ticket_id=ANN', undefined, { nobody: 401, ann: 200, ben: 404, admin: 200 }],
  ['GET', '/api/v1/nothing', undefined, { nobody: 401, ann: 404, ben: 404, admin: 404 }],
  ['PUT', '/api/v1/ticket', undefined, { nobody: 401, ann: 405, ben: 405, admin: 405 }],
  ['DELETE', '/api/v1/ticket/ANN', undefined, { nobody: 401, ben: 404, ann: 200, admin: 409 }],
]

describe('who may do what', () => {
  it.each(ROUTES)('%s %s', async (method, path, body, answers) => {
    const found: Record<string, number> = {}
    for (const as of Object.keys(answers) as Caller[])
      found[as] = (await gateway.call(method, path.replace('ANN', annsTicket), { as, body })).status
    expect(found).toEqual(answers)
  })

  it.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['another scheme', `Basic ${KEYS.ann}`],
    ['a wrong key', 'Bearer wrong'],
    ['a key and more', `Bearer ${KEYS.ann} x`],
    ['a hash for a key', 'Bearer 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'],
  ])('tells the same to whoever sends %s', async (_what, authorization) => {
    const { status, headers, json } = await gateway.call('GET', '/api/v1/tickets', {
      as: 'nobody',
      headers: authorization === undefined ? {} : { authorization },
    })
    expect([status, json.code, json.detail]).toEqual([401, 'unauthenticated', 'this needs a valid key (Authorization: Bearer <key>)'])
    expect(headers.get('www-authenticate')).toBe('Bearer realm="torrentino"')
  })

  it('takes no key from the query or the body', async () => {
    const query = await gateway.call('GET', `/api/v1/tickets?access_token=${KEYS.admin}`, { as: 'nobody' })
    const body = await gateway.call('POST', '/api/v1/ticket', { as: 'nobody', body: { access_token: KEYS.admin } })
    expect([query.status, body.status]).toEqual([401, 401])
  })

  it('lists to a user what is his, to an admin all', async () => {
    await gateway.call('POST', '/tickets', { as: 'ben', body: sampleTicket() })
    const owners = async (as: Caller, query = '') =>
      new Set(
        (await gateway.call('GET', `/tickets${query}`, { as })).json.tickets.map((ticket: { requested_by: string }) => ticket.requested_by),
      )
    expect(await owners('ben')).toEqual(new Set(['ben']))
    expect(await owners('admin')).toEqual(new Set(['ann', 'ben']))
    expect(await owners('admin', '?requested_by=ben')).toEqual(new Set(['ben']))
  })

  it('lets everybody do everything where the method is none', async () => {
    const posted = await open.call('POST', '/api/v1/ticket', { as: 'nobody', body: sampleTicket() })
    const forced = await open.call('POST', `/api/v1/ticket/${posted.json.ticket_id}/force-magnet`, { as: 'nobody', body: MAGNET })
    expect([posted.status, posted.json.requested_by, forced.status, forced.json.state]).toEqual([201, 'anonymous', 200, 'downloading'])
  })
})
