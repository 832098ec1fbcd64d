import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestDatabase, sharedRedisUrl, type TestDatabase, waitFor } from '@torrentino/testkit'
import { WebSocket } from 'ws'
import { KEYS, openGateway, type TestGateway } from '../test-support/test-gateway.js'

let database: TestDatabase
let gateway: TestGateway
let other: TestGateway
let open: TestGateway

beforeAll(async () => {
  database = await createTestDatabase()
  const servers = { databaseUrl: database.url, redisUrl: await sharedRedisUrl() }
  const env = { REDIS_PREFIX: `access-${randomUUID().slice(0, 8)}`, LIMITS_USERS: '[{"user":"ben","requests_per_minute":2}]' }
  gateway = await openGateway({ ...servers, env })
  other = await openGateway({ ...servers, env })
  open = await openGateway({ ...servers, env: { AUTH_METHOD: 'none', AUTH_TOKENS: '', SERVER_CORS_ORIGINS: 'https://app.example' } })
  const admin = { authorization: `Bearer ${KEYS.admin}` }
  for (const one of [gateway, other, open]) {
    await waitFor('Redis', async () => (await one.call('GET', '/readyz')).status === 200)
    await waitFor('the stream', async () => (await knock(one, ['torrentino'], admin)) === 101)
  }
})
afterAll(async () => {
  await gateway?.close()
  await other?.close()
  await open?.close()
  await database?.drop()
})

/** 101, or the status of the refusal. */
function knock(at: TestGateway, protocols: string[], headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${at.url.replace('http', 'ws')}/api/v1/ws`, protocols, { headers })
    ws.once('open', () => {
      ws.terminate()
      resolve(101)
    })
    ws.once('unexpected-response', (_request, response) => {
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    ws.once('error', (error) => reject(error))
  })
}

describe('a pass', () => {
  const passOf = async (as: 'ann' | 'admin') =>
    (await gateway.call('POST', '/api/v1/stream-pass', { as })).json as { pass: string; expires_in_secs: number }

  it('opens one stream, at any gateway', async () => {
    const { pass, expires_in_secs } = await passOf('ann')
    expect(expires_in_secs).toBe(30)
    expect(await knock(other, ['torrentino', `pass.${pass}`])).toBe(101)
    expect(await knock(gateway, ['torrentino', `pass.${pass}`])).toBe(401)
  })

  it('is for streams alone, and none that was not given opens one', async () => {
    const { pass } = await passOf('admin')
    expect((await gateway.call('GET', '/api/v1/tickets', { as: 'nobody', headers: { authorization: `Bearer ${pass}` } })).status).toBe(401)
    for (const wrong of ['pass.', 'pass.wrong', `pass.${KEYS.admin}`]) expect(await knock(gateway, ['torrentino', wrong])).toBe(401)
  })
})

describe('who opens a stream', () => {
  it('is counted like any other caller', async () => {
    const bearer = { authorization: `Bearer ${KEYS.ben}` }
    expect(await knock(gateway, ['torrentino'], bearer)).toBe(101)
    expect(await knock(other, ['torrentino'], bearer)).toBe(101)
    expect(await knock(gateway, ['torrentino'], bearer)).toBe(429)
  })

  it.each([
    [undefined, 101],
    ['http://SELF', 101],
    ['https://app.example', 101],
    ['https://evil.example', 403],
    ['null', 403],
    ['http://SELF.evil.example', 403],
  ])('where the place of the caller is proof enough, from a page of %s: %i', async (origin, status) => {
    const headers: Record<string, string> = origin === undefined ? {} : { origin: origin.replace('SELF', new URL(open.url).host) }
    expect(await knock(open, ['torrentino'], headers)).toBe(status)
  })

  it('a page of another site may, when it has a token to show', async () => {
    expect(await knock(gateway, ['torrentino', `bearer.${KEYS.ann}`], { origin: 'https://evil.example' })).toBe(101)
  })
})
