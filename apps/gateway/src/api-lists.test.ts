import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AuditList, TicketList } from '@torrentino/domain'
import { createTestDatabase, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { openWorkers, type Workers } from './test-support/steps-of-workers.js'
import { openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let gateway: TestGateway
let workers: Workers
const ids: string[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl() })
  workers = openWorkers(gateway.config)
  for (let nr = 0; nr < 7; nr += 1) ids.unshift(await post(nr % 2 === 0 ? 'ann' : 'ben'))
  await workers.lead(ids[0] as string, 'needs_approval')
  await workers.lead(ids[1] as string, 'search_failed')
})

afterAll(async () => {
  await workers?.close()
  await gateway?.close()
  await database?.drop()
})

async function post(as: 'ann' | 'ben'): Promise<string> {
  return (await gateway.call('POST', '/api/v1/ticket', { as, body: sampleTicket() })).json.ticket_id
}

async function list(query: string, as: 'admin' | 'ann' = 'admin') {
  const { status, json } = await gateway.call('GET', `/api/v1/tickets${query}`, { as })
  expect(status).toBe(200)
  return TicketList.parse(json)
}

async function audit(query: string) {
  const { status, json } = await gateway.call('GET', `/api/v1/audit${query}`)
  expect(status).toBe(200)
  return AuditList.parse(json)
}

const idsOf = (page: TicketList) => page.tickets.map((ticket) => ticket.ticket_id)

describe('the list of tickets', () => {
  it.each([
    ['?state=needs_approval', () => [ids[0]]],
    ['?state=needs_approval,search_failed', () => ids.slice(0, 2)],
    ['?state=needs_approval&state=search_failed', () => ids.slice(0, 2)],
    ['?state=completed', () => []],
    ['?limit=2&offset=3', () => ids.slice(3, 5)],
    ['?offset=10000', () => []],
    ['?requested_by=ben', () => ids.filter((_id, index) => index % 2 === 1)],
    ['?requested_by=ben&state=pending', () => ids.filter((_id, index) => index % 2 === 1 && index > 1)],
    ['', () => ids],
  ])('%s', async (query, expected) => expect(idsOf(await list(query))).toEqual(expected()))

  it('can be read on by cursor while new tickets come', async () => {
    const seen: string[] = []
    let next: string | null = null
    const late: string[] = []
    do {
      const page = await list(`?limit=2${next === null ? '' : `&after=${next}`}`)
      seen.push(...idsOf(page))
      next = page.next
      late.push(await post('ann'))
    } while (next !== null)
    expect(seen).toEqual(ids)
    expect(idsOf(await list(`?limit=${late.length}`)).reverse()).toEqual(late)
    ids.unshift(...late.reverse())
  })

  it('goes on by cursor within what a user may see', async () => {
    const first = await list('?limit=1', 'ann')
    const second = await list(`?limit=200&after=${first.next}`, 'ann')
    expect(new Set([...first.tickets, ...second.tickets].map((ticket) => ticket.requested_by))).toEqual(new Set(['ann']))
    expect(second.next).toBeNull()
  })
})

describe('the audit', () => {
  const types = (page: AuditList) => page.entries.map((entry) => entry.event_type)

  it('can be asked by ticket, event, actor and time', async () => {
    const [waiting] = ids.slice(-7)
    expect(types(await audit(`?ticket_id=${waiting}&event_type=TicketCreated`))).toEqual(['TicketCreated'])
    expect(new Set(types(await audit(`?ticket_id=${waiting}&event_type=TicketCreated,TicketStateChanged`)))).toEqual(
      new Set(['TicketCreated', 'TicketStateChanged']),
    )
    expect(new Set((await audit('?actor=ben')).entries.map((entry) => entry.actor))).toEqual(new Set(['ben']))
    expect((await audit('?actor=nobody')).entries).toEqual([])
    expect((await audit('?to=2020-01-01')).entries).toEqual([])
    expect((await audit('?from=2999-01-01T00:00:00%2B02:00')).entries).toEqual([])
    expect((await audit('?from=2020-01-01T00:00:00+02:00&limit=1')).entries).toHaveLength(1)
  })

  it('takes `from` with it and leaves `to` out', async () => {
    const { entries } = await audit('?actor=ann&limit=1')
    const at = entries[0]?.at ?? ''
    const idsFrom = (await audit(`?actor=ann&from=${at}`)).entries.map((entry) => entry.id)
    const idsTo = (await audit(`?actor=ann&to=${at}&limit=200`)).entries.map((entry) => entry.id)
    expect([idsFrom.includes(entries[0]?.id ?? ''), idsTo.includes(entries[0]?.id ?? '')]).toEqual([true, false])
  })

  it('can be read on by cursor to the last entry, each once', async () => {
    const all = (await audit('?event_type=TicketCreated,TicketStateChanged&limit=200')).entries.map((entry) => entry.id)
    const seen: string[] = []
    let next: string | null = null
    do {
      const page = await audit(`?event_type=TicketCreated,TicketStateChanged&limit=3${next === null ? '' : `&after=${next}`}`)
      seen.push(...page.entries.map((entry) => entry.id))
      next = page.next
    } while (next !== null)
    expect(seen).toEqual(all)
    expect(new Set(seen).size).toBe(seen.length)
  })
})
