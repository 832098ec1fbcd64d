import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestDatabase, openSqlSession, type SqlSession, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import { type Caller, openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let sql: SqlSession
let gateway: TestGateway

beforeAll(async () => {
  database = await createTestDatabase()
  sql = await openSqlSession(database.url)
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl() })
})
afterAll(async () => {
  await gateway?.close()
  await sql?.close()
  await database?.drop()
})

const URL_OF_ANN = 'https://ann.example/hooks?key=of-ann'
const create = (body: object = { url: URL_OF_ANN }, as: Caller = 'ann') => gateway.call('POST', '/api/v1/webhooks', { as, body })
const call = (method: string, path: string, as: Caller = 'ann') => gateway.call(method, `/api/v1/webhooks${path}`, { as })

describe('webhooks', () => {
  it('one that is made is told with its secret once, which nothing shows ever again', async () => {
    const { status, json } = await create()
    expect([status, json]).toMatchObject([
      201,
      {
        owner: 'ann',
        url: URL_OF_ANN,
        events: ['state_change', 'needs_approval', 'completed', 'failed'],
        all_tickets: false,
        enabled: true,
      },
    ])
    expect(json.secret).toMatch(/^whsec_[\w-]{43}$/)
    const shown = [
      await call('GET', `/${json.id}`),
      await call('GET', ''),
      await gateway.call('GET', '/api/v1/audit'),
      await call('POST', `/${json.id}/pause`),
    ]
    expect(shown.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    for (const { text } of shown) expect(text).not.toContain(json.secret.slice(6))
    expect(shown[2]?.text).not.toContain('key=of-ann')
    expect(shown[3]?.json).toMatchObject({ enabled: false, off_reason: 'paused' })
    expect((await call('POST', `/${json.id}/test`)).status).toBe(409)
    expect((await call('POST', `/${json.id}/resume`)).json).toMatchObject({ enabled: true, off_reason: null })
  })

  it('what is done is in the audit, with the name of who did it', async () => {
    const { id } = (await create()).json
    await call('POST', `/${id}/pause`)
    await call('POST', `/${id}/pause`)
    await call('POST', `/${id}/resume`, 'admin')
    await call('DELETE', `/${id}`, 'admin')
    const types = 'WebhookCreated,WebhookPaused,WebhookResumed,WebhookDeleted'
    const { entries } = (await gateway.call('GET', `/api/v1/audit?event_type=${types}`)).json
    const told = entries.filter(({ payload }: { payload: { webhook_id: string } }) => payload.webhook_id === id)
    expect(told.map((entry: { event_type: string; actor: string }) => [entry.event_type, entry.actor])).toEqual([
      ['WebhookDeleted', 'admin'],
      ['WebhookResumed', 'admin'],
      ['WebhookPaused', 'ann'],
      ['WebhookCreated', 'ann'],
    ])
    expect(told[3].payload).toMatchObject({ owner: 'ann', origin: 'https://ann.example' })
    expect((await call('GET', `/${id}`)).status).toBe(404)
  })

  it('a user sees his own, an admin all', async () => {
    const { id } = (await create({ url: 'http://ben.example' }, 'ben')).json
    const idsFor = async (as: Caller) => (await call('GET', '', as)).json.webhooks.map((webhook: { id: string }) => webhook.id)
    expect(await idsFor('ben')).toEqual([id])
    expect(await idsFor('ann')).not.toContain(id)
    expect(await idsFor('admin')).toContain(id)
  })

  it.each([
    [{ url: 'ftp://a.example' }, 400, 'url'],
    [{ url: 'http://user:word@a.example' }, 400, 'url'],
    [{ url: 'nothing' }, 400, 'url'],
    [{ url: 'http://a.example', events: [] }, 400, 'events'],
    [{ url: 'http://a.example', events: ['progress'] }, 400, 'events[0]'],
    [{ url: 'http://a.example', secret: 'mine' }, 400, 'secret'],
    [{ url: 'http://a.example', all_tickets: true }, 403, 'all_tickets'],
  ])('%j is refused', async (body, status, path) => {
    const answer = await create(body)
    expect([answer.status, answer.json.errors[0].path]).toEqual([status, path])
  })

  it('an admin may be told of all tickets', async () => {
    expect((await create({ url: 'http://a.example', all_tickets: true }, 'admin')).json).toMatchObject({
      owner: 'admin',
      all_tickets: true,
    })
  })

  it('one that is told of all tickets is not resumed by an owner who is no admin any more', async () => {
    const { id } = (await create({ url: 'http://a.example', all_tickets: true }, 'admin')).json
    await sql.query(`update webhooks set owner = 'ann', enabled = false, off_reason = 'owner_not_admin' where id = '${id}'`)
    expect((await call('GET', `/${id}`)).json).toMatchObject({ enabled: false, off_reason: 'owner_not_admin' })
    expect((await call('POST', `/${id}/resume`)).status).toBe(403)
    expect((await call('POST', `/${id}/resume`, 'admin')).json).toMatchObject({ enabled: true, off_reason: null })
  })

  it('nobody has more than twenty, however many are made at once', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => create({ url: 'http://a.example' }, 'ben')))
    expect(answers.filter(({ status }) => status === 409)).not.toEqual([])
    expect((await call('GET', '', 'ben')).json.webhooks).toHaveLength(20)
  })

  it('a test is put among the deliveries', async () => {
    const { id } = (await create()).json
    const { status, json } = await call('POST', `/${id}/test`)
    expect([status, json.event_id]).toEqual([202, expect.stringMatching(/^test-/)])
    expect((await call('GET', `/${id}`)).json).toMatchObject({ waiting: 1, last_delivery: null })
  })

  it('dead letters are listed page by page, and replayed one or all', async () => {
    const { id } = (await create()).json
    await sql.query(
      `insert into webhook_deliveries (webhook_id, event_id, event, seq, ticket_id, attempts, error, dead_at)
       select '${id}', n, 'failed', n, gen_random_uuid(), 12, 'answered with status 500', now() from generate_series(1, 5) n`,
    )
    const first = (await call('GET', `/${id}/dead-letters?limit=3`)).json
    const rest = (await call('GET', `/${id}/dead-letters?limit=3&after=${first.next}`)).json
    const letters = [...first.dead_letters, ...rest.dead_letters]
    expect(letters.map((letter: { event_id: string }) => letter.event_id)).toEqual(['1', '2', '3', '4', '5'])
    expect([rest.next, letters[0].error]).toEqual([null, 'answered with status 500'])
    expect((await call('POST', `/${id}/dead-letters/${letters[1].id}/replay`, 'ben')).status).toBe(404)
    expect((await call('POST', `/${id}/dead-letters/${letters[1].id}/replay`)).json).toEqual({ replayed: 1 })
    expect((await call('POST', `/${id}/dead-letters/${letters[1].id}/replay`)).status).toBe(404)
    expect((await call('GET', `/${id}`)).json).toMatchObject({ waiting: 1, dead_letters: 4 })
    expect((await call('POST', `/${id}/dead-letters/replay`, 'admin')).json).toEqual({ replayed: 4 })
    expect((await call('POST', `/${id}/dead-letters/replay`)).json).toEqual({ replayed: 0 })
  })
})
