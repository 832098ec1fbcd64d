import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type StateName, type Ticket, TicketDetails, TicketSummary } from '@torrentino/domain'
import { createTestDatabase, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { openWorkers, type Workers } from './test-support/steps-of-workers.js'
import { openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let gateway: TestGateway
let workers: Workers

beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl() })
  workers = openWorkers(gateway.config)
})

afterAll(async () => {
  await workers?.close()
  await gateway?.close()
  await database?.drop()
})

async function ticketIn(state: StateName): Promise<string> {
  const { json } = await gateway.call('POST', '/api/v1/ticket', {
    as: 'ann',
    body: sampleTicket({ dry_run: state === 'dry_run_complete' }),
  })
  await workers.lead(json.ticket_id, state)
  return json.ticket_id
}

const details = async (id: string) => TicketDetails.parse((await gateway.call('GET', `/api/v1/ticket/${id}`, { as: 'ann' })).json)
const lastAudit = async (id: string) => (await gateway.call('GET', `/api/v1/audit?ticket_id=${id}&limit=5`)).json.entries
const MAGNET = `magnet:?xt=urn:btih:${'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U'}&dn=x&tr=http%3A%2F%2Ft.example%2Fsecretpasskey%2Fannounce`

type Row = [from: StateName, method: string, command: string, body: unknown, status: number, to: StateName, audit?: string]

const COMMANDS: Row[] = [
  ['needs_approval', 'POST', '/approve', undefined, 200, 'approved', 'ApprovalGranted'],
  ['needs_approval', 'POST', '/approve', { candidate_idx: 1 }, 200, 'approved', 'ApprovalGranted'],
  ['needs_approval', 'POST', '/approve', { candidate_idx: 2 }, 400, 'needs_approval'],
  ['needs_approval', 'POST', '/reject', { reason: 'wrong album' }, 200, 'rejected', 'ApprovalRejected'],
  ['needs_approval', 'POST', '/reject', undefined, 200, 'rejected', 'ApprovalRejected'],
  ['needs_approval', 'POST', '/force-search', { query: 'first steps flac' }, 200, 'searching', 'AdminForceSearch'],
  ['needs_approval', 'POST', '/retry', undefined, 409, 'needs_approval'],
  ['search_failed', 'POST', '/force-magnet', { magnet_uri: MAGNET }, 200, 'downloading', 'AdminForceMagnet'],
  ['search_failed', 'POST', '/retry', undefined, 200, 'pending', 'AdminRetry'],
  ['search_failed', 'POST', '/approve', undefined, 409, 'search_failed'],
  ['failed', 'POST', '/retry', undefined, 200, 'pending', 'AdminRetry'],
  ['failed', 'DELETE', '', undefined, 200, 'cancelled', 'TicketCancelled'],
  ['downloading', 'DELETE', '', undefined, 200, 'cancelled', 'TicketCancelled'],
  ['downloading', 'DELETE', '?reason=enough', undefined, 200, 'cancelled', 'TicketCancelled'],
  ['converting', 'DELETE', '', { reason: 'enough' }, 200, 'cancelled', 'TicketCancelled'],
  ['downloading', 'POST', '/force-search', { query: 'x' }, 409, 'downloading'],
  ['completed', 'DELETE', '', undefined, 409, 'completed'],
  ['completed', 'POST', '/retry', undefined, 409, 'completed'],
  ['dry_run_complete', 'DELETE', '', undefined, 409, 'dry_run_complete'],
  ['dry_run_complete', 'POST', '/force-magnet', { magnet_uri: MAGNET }, 409, 'dry_run_complete'],
]

describe('commands', () => {
  it.each(COMMANDS)('%s: %s %s', async (...row) => {
    const [from, method, command, body, status, to, audit] = row
    const id = await ticketIn(from)
    const answer = await gateway.call(method, `/api/v1/ticket/${id}${command}`, { body })
    expect(answer.status).toBe(status)
    if (status === 200) expect(TicketSummary.parse(answer.json).state).toBe(to)
    if (status === 409) expect(answer.json).toMatchObject({ code: 'illegal_transition' })
    expect((await details(id)).state).toBe(to)
    const entries = await lastAudit(id)
    if (audit)
      expect(entries.map((entry: { event_type: string; actor: string }) => [entry.event_type, entry.actor])).toContainEqual([
        audit,
        'admin',
      ])
  })

  it('says which states a command is for', async () => {
    const { json } = await gateway.call('POST', `/api/v1/ticket/${await ticketIn('completed')}/approve`)
    expect(json).toMatchObject({ state: 'completed', allowed_states: ['needs_approval'] })
  })

  it('lets the one who asked cancel, with a reason that stays', async () => {
    const id = await ticketIn('matching')
    const { json } = await gateway.call('DELETE', `/tickets/${id}`, { as: 'ann', body: { reason: 'found it elsewhere' } })
    expect(json.details).toMatchObject({ cancelled_by: 'ann', reason: 'found it elsewhere' })
  })

  it('reads a magnet in base32, and shows its trackers to nobody', async () => {
    const id = await ticketIn('search_failed')
    const { json } = await gateway.call('POST', `/api/v1/ticket/${id}/force-magnet`, { body: { magnet_uri: MAGNET } })
    expect(json.details.torrent_hash).toBe('6162636465666768696a6b6c6d6e6f7071727374')
    const seen = [JSON.stringify(await details(id)), JSON.stringify(await lastAudit(id))].join()
    expect(seen).not.toContain('passkey')
  })

  it('decides a race of commands once', async () => {
    const id = await ticketIn('needs_approval')
    const commands = ['/approve', '/reject', '/approve', '/reject']
    const answers = await Promise.all(commands.map((command) => gateway.call('POST', `/api/v1/ticket/${id}${command}`)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409])
  })
})

describe('the full view of a ticket', () => {
  it.each(['matching', 'needs_approval', 'dry_run_complete'] as const)('shows the candidates in %s without keys', async (state) => {
    const id = await ticketIn(state)
    const { text } = await gateway.call('GET', `/api/v1/ticket/${id}`)
    expect(text).not.toMatch(/secretkey|secretpasskey|download_url/)
    const { candidates } = await details(id)
    expect(candidates?.map(({ idx, torrent }) => [idx, torrent.info_hash, torrent.files_count])).toEqual([
      [0, '0'.repeat(40), 1],
      [1, '1'.repeat(40), 1],
    ])
    if (state !== 'matching') expect(candidates?.[0]).toMatchObject({ score: 0.7, reasoning: 'the artist fits' })
  })

  it('says why it waits, as long as it does', async () => {
    const id = await ticketIn('searching')
    expect((await details(id)).wait).toBeNull()
    await workers.putOff(id, 60_000, 'may not be asked yet: one, two')
    const { wait, state } = await details(id)
    expect([state, wait?.reason]).toEqual(['searching', 'may not be asked yet: one, two'])
    expect(Date.parse(wait?.next_try_at ?? '')).toBeGreaterThan(Date.now())
    await gateway.call('DELETE', `/api/v1/ticket/${id}`)
    expect((await details(id)).wait).toBeNull()
  })

  it('shows its place in the line for downloads, which a pause gives up', async () => {
    const ids = [await ticketIn('downloading'), await ticketIn('downloading')]
    for (const id of ids) await workers.standInLine((await workers.store.tickets.find(id)) as Ticket)
    const [first = 0, second] = await Promise.all(ids.map(async (id) => (await details(id)).place_in_line ?? 0))
    expect(second).toBe(first + 1)
    const id = ids[1] ?? ''
    expect((await gateway.call('POST', `/tickets/${id}/pause`, { as: 'ben' })).status).toBe(404)
    const paused = await gateway.call('POST', `/tickets/${id}/pause`, { as: 'ann' })
    expect(paused.json).toMatchObject({ state: 'downloading', details: { paused: { by: 'ann' } } })
    expect((await details(id)).place_in_line).toBeNull()
    expect((await gateway.call('POST', `/tickets/${id}/pause`, { as: 'ann' })).status).toBe(409)
    expect((await gateway.call('POST', `/tickets/${id}/resume`, { as: 'ann' })).json.details).not.toHaveProperty('paused')
  })

  it('shows items, history and the time in each stage', async () => {
    const found = await details(await ticketIn('completed'))
    expect(found).toMatchObject({ state: 'completed', requested_by: 'ann', due_at: null, last_error: null })
    expect(found.candidates).toBeUndefined()
    expect(found.items.map((item) => [item.item_id, item.status, item.size])).toEqual([
      ['t1', 'done', 10],
      ['t2', 'done', 10],
      ['cover', 'done', 10],
    ])
    expect(found.history.map((entry) => entry.to)).toEqual([
      'pending',
      'searching',
      'matching',
      'auto_approved',
      'downloading',
      'converting',
      'placing',
      'completed',
    ])
    expect(found.history.map((entry) => entry.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(found.history.at(-1)?.seconds).toBeNull()
    expect(Object.keys(found.stage_seconds).sort()).toEqual(['convert', 'download', 'match', 'place', 'search', 'waiting'])
  })

  it('shows a failed attempt and when the next one is due', async () => {
    const id = await ticketIn('downloading')
    const ticket = await workers.store.tickets.find(id)
    await workers.store.tickets.noteAttempt(id, ticket?.stageVersion ?? 0, new Date('2030-01-01T00:00:00Z'), 'no peers')
    expect(await details(id)).toMatchObject({ attempts: 1, due_at: '2030-01-01T00:00:00.000Z', last_error: 'no peers' })
  })
})
