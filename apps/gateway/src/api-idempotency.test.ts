import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { TicketCreated } from '@torrentino/domain'
import { createTestDatabase, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let gateway: TestGateway

beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl() })
})

afterAll(async () => {
  await gateway?.close()
  await database?.drop()
})

const post = (body: unknown, key?: string, as: 'ann' | 'ben' = 'ann') =>
  gateway.call('POST', '/api/v1/ticket', { as, body, headers: key === undefined ? {} : { 'idempotency-key': key } })

const howMany = async () => (await gateway.call('GET', '/api/v1/tickets?limit=200')).json.tickets.length

describe('posting a ticket', () => {
  it('answers 201 with where it is, and who asked as the key says', async () => {
    const ticket_id = randomUUID()
    const { status, headers, json } = await post({ ...sampleTicket({ ticket_id }), requested_by: 'somebody else' })
    expect([status, headers.get('location')]).toEqual([201, `/api/v1/ticket/${ticket_id}`])
    expect(TicketCreated.parse(json)).toEqual({ ticket_id, state: 'pending', version: 1, requested_by: 'ann' })
  })

  it('takes the same again for the same, however it is written', async () => {
    const ticket_id = randomUUID()
    const first = await post(sampleTicket({ ticket_id }))
    const { tracks, search, images } = sampleTicket()
    const again = await post({ images, tracks, priority: 'user', dry_run: false, search, ticket_id: ticket_id.toUpperCase() })
    expect([first.status, again.status, again.json.ticket_id]).toEqual([201, 200, ticket_id])
  })

  it('refuses other content under an id that is taken', async () => {
    const ticket_id = randomUUID()
    await post(sampleTicket({ ticket_id }))
    const other = await post(sampleTicket({ ticket_id, dry_run: true }))
    const stranger = await post(sampleTicket({ ticket_id }), undefined, 'ben')
    expect([other.status, other.json.code]).toEqual([409, 'ticket_exists'])
    expect([stranger.status, stranger.json.code]).toEqual([409, 'ticket_exists'])
  })

  it('knows a key again, each caller his own', async () => {
    const first = await post(sampleTicket(), 'key-1')
    const again = await post(sampleTicket(), 'key-1')
    const ben = await post(sampleTicket(), 'key-1', 'ben')
    const other = await post(sampleTicket({ dry_run: true }), 'key-1')
    expect([first.status, again.status, ben.status]).toEqual([201, 200, 201])
    expect(again.json.ticket_id).toBe(first.json.ticket_id)
    expect(ben.json.ticket_id).not.toBe(first.json.ticket_id)
    expect([other.status, other.json.code]).toEqual([409, 'idempotency_key_reused'])
  })

  it.each([
    ['one id', () => [sampleTicket({ ticket_id: randomUUID() }), undefined]],
    ['one key', () => [sampleTicket(), `key-${randomUUID()}`]],
    ['one id and one key', () => [sampleTicket({ ticket_id: randomUUID() }), `key-${randomUUID()}`]],
  ] as [string, () => [unknown, string | undefined]][])('makes one ticket of 50 posts at once under %s', async (_what, make) => {
    const before = await howMany()
    const [body, key] = make()
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body, key)))
    expect(new Set(answers.map((answer) => answer.json.ticket_id)).size).toBe(1)
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(49)
    expect(await howMany()).toBe(before + 1)
  })
})
