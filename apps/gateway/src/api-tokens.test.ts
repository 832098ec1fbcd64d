import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestDatabase, openSqlSession, type SqlSession, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import { openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let sql: SqlSession
let gateway: TestGateway
let other: TestGateway

beforeAll(async () => {
  database = await createTestDatabase()
  sql = await openSqlSession(database.url)
  const servers = { databaseUrl: database.url, redisUrl: await sharedRedisUrl() }
  gateway = await openGateway(servers)
  other = await openGateway(servers)
})
afterAll(async () => {
  await gateway?.close()
  await other?.close()
  await sql?.close()
  await database?.drop()
})

const create = (body: unknown) => gateway.call('POST', '/api/v1/tokens', { body })
const knock = (key: string) => other.call('GET', '/api/v1/config', { as: 'nobody', headers: { authorization: `Bearer ${key}` } })

describe('tokens', () => {
  it('one that is made lets in with its role, at every gateway, until it is revoked', async () => {
    const { status, json } = await create({ name: 'robot', role: 'admin' })
    expect([status, json]).toEqual([
      201,
      { id: json.id, name: 'robot', role: 'admin', created_by: 'admin', created_at: json.created_at, expires_at: null, key: json.key },
    ])
    expect(json.key).toMatch(/^qt_[\w-]{43}$/)
    expect((await knock(json.key)).status).toBe(200)

    expect((await gateway.call('DELETE', `/api/v1/tokens/${json.id}`)).status).toBe(200)
    expect((await knock(json.key)).status).toBe(401)
    expect((await gateway.call('DELETE', `/api/v1/tokens/${json.id}`)).status).toBe(404)
  })

  it('the list and the audit tell of them, but no key and no hash', async () => {
    const { json } = await create({ name: 'reader', role: 'user', expires_at: '2999-01-01T00:00:00Z' })
    expect((await knock(json.key)).status).toBe(403)
    const list = await gateway.call('GET', '/api/v1/tokens')
    expect(list.json.tokens).toContainEqual(expect.objectContaining({ name: 'reader', expires_at: '2999-01-01T00:00:00.000Z' }))
    const audit = await gateway.call('GET', '/api/v1/audit?event_type=AdminCreateToken,AdminRevokeToken')
    expect(
      audit.json.entries.map((entry: { event_type: string; payload: { name: string } }) => [entry.event_type, entry.payload.name]),
    ).toEqual([
      ['AdminCreateToken', 'reader'],
      ['AdminRevokeToken', 'robot'],
      ['AdminCreateToken', 'robot'],
    ])
    for (const text of [list.text, audit.text]) expect(text).not.toContain(json.key.slice(3))
    const rows = await sql.query('select * from api_tokens')
    expect(JSON.stringify(rows)).not.toContain(json.key.slice(3))
  })

  it('one whose time is over lets nobody in', async () => {
    const { json } = await create({ name: 'guest', role: 'user', expires_at: '2999-01-01T00:00:00Z' })
    await sql.query(`update api_tokens set expires_at = now() - interval '1 s' where name = 'guest'`)
    expect((await knock(json.key)).status).toBe(401)
  })

  it.each([
    [{ name: 'a b', role: 'user' }, 'name'],
    [{ name: '', role: 'user' }, 'name'],
    [{ name: 'x', role: 'root' }, 'role'],
    [{ name: 'x' }, 'role'],
    [{ name: 'x', role: 'user', expires_at: '2001-01-01T00:00:00Z' }, 'expires_at'],
    [{ name: 'x', role: 'user', expires_at: 'soon' }, 'expires_at'],
    [{ name: 'ann', role: 'user' }, 'name'],
    [{ name: 'x', role: 'user', more: 1 }, 'more'],
  ])('%j is refused, and makes none', async (body, path) => {
    const { status, json } = await create(body)
    expect([status, json.errors[0].path]).toEqual([400, path])
    expect((await gateway.call('GET', '/api/v1/tokens')).json.tokens.map((token: { name: string }) => token.name)).not.toContain('x')
  })

  it('a name is given once', async () => {
    await create({ name: 'once', role: 'user' })
    expect(await create({ name: 'once', role: 'admin' })).toMatchObject({
      status: 409,
      json: { code: 'conflict', errors: [{ path: 'name' }] },
    })
  })
})
