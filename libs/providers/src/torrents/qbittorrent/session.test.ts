import { afterEach, describe, expect, jest, test } from '@jest/globals'
import type { TorrentClient } from '../torrent-client.js'
import { type FakeOptions, type FakeQbittorrent, startFakeQbittorrent } from './test-support/fake-qbittorrent.js'
import { openTestClient } from './test-support/test-client.js'

const UNKNOWN = 'c'.repeat(40)
const HALF_AN_HOUR = 30 * 60_000
const clients: TorrentClient[] = []
afterEach(async () => {
  jest.restoreAllMocks()
  for (const client of clients.splice(0)) await client.close()
})

async function start(options: Partial<FakeOptions> = {}, login: { username?: string; password?: string } = {}) {
  const fake = await startFakeQbittorrent({ webapi: '2.11.4', password: 's3cret', ...options })
  const client = openTestClient(fake, login)
  clients.push(client)
  return { fake, client }
}

const logins = ({ requests }: FakeQbittorrent) => requests.filter((path) => path === 'auth/login').length

describe.each(['2.11.4', '2.15.1'])('Web API %s', (webapi) => {
  test('is logged in to when it asks, once for all, and again when the session has ended', async () => {
    const { fake, client } = await start({ webapi })
    const ask = () => Promise.all(Array.from({ length: 20 }, () => client.removeTorrent(UNKNOWN, false)))
    await ask()
    expect(fake.requests.slice(0, 2)).toEqual(['sync/maindata', 'auth/login'])
    expect(logins(fake)).toBe(1)
    fake.endSessions()
    await Promise.all([client.health(), client.health(), ask()])
    expect(logins(fake)).toBe(2)
  })

  test('a refused login is not repeated until half an hour later, and the health says so', async () => {
    const { fake, client } = await start({ webapi }, { password: 'wr0ng' })
    await expect(client.removeTorrent(UNKNOWN, false)).rejects.toMatchObject({
      kind: 'retryable',
      code: 'client_auth',
      retryAfterMs: HALF_AN_HOUR,
    })
    const asked = fake.requests.length
    expect(await client.health()).toEqual({ ok: false, message: expect.stringContaining('qbittorrent.password') })
    await expect(client.removeTorrent(UNKNOWN, false)).rejects.toMatchObject({ code: 'client_auth' })
    expect(fake.requests).toHaveLength(asked)

    const now = Date.now()
    jest.spyOn(Date, 'now').mockReturnValue(now + HALF_AN_HOUR + 1000)
    expect((await client.health()).ok).toBe(false)
    expect(logins(fake)).toBe(2)
  })
})

test('a ban is waited out', async () => {
  const { fake, client } = await start({}, { password: 'wr0ng' })
  const now = Date.now()
  for (let half = 0; half < 6; half++) {
    jest.spyOn(Date, 'now').mockReturnValue(now + half * (HALF_AN_HOUR + 1000))
    await client.health()
  }
  expect(logins(fake)).toBe(6)
  expect(await client.health()).toEqual({ ok: false, message: expect.stringContaining('banned our address') })
  expect(logins(fake)).toBe(6)
})

test('where a login is asked for and none is set, the settings are named', async () => {
  const { client } = await start({}, { username: '', password: '' })
  expect((await client.health()).message).toMatch(/set qbittorrent.username and qbittorrent.password/)
})

test('where everybody is let in nobody logs in, and the session is kept all the same: each look continues the one before', async () => {
  const { fake, client } = await start({ password: '' })
  for (let look = 0; look < 3; look++) await client.removeTorrent(UNKNOWN, false)
  expect(logins(fake)).toBe(0)
  expect(fake.fullAnswers).toBe(1)
})

test("a connection that is cut once is nobody's trouble; twice, it is", async () => {
  const { fake, client } = await start()
  fake.cuts = 1
  await client.removeTorrent(UNKNOWN, false)
  fake.cuts = 2
  await expect(client.removeTorrent(UNKNOWN, false)).rejects.toMatchObject({ code: 'client_unreachable' })
})

test('trouble of the server is told in its name, without the login', async () => {
  const { fake, client } = await start()
  fake.trouble = 503
  await expect(client.removeTorrent(UNKNOWN, false)).rejects.toMatchObject({ kind: 'retryable', code: 'client_unreachable' })
  await fake.stop()
  const { ok, message } = await client.health()
  expect([ok, message]).toEqual([false, expect.stringMatching(/^qBittorrent cannot be reached: 127\.0\.0\.1:\d+: /)])
})
