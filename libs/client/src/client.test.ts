import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import http, { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { TrainingDecision } from '@torrentino/domain'
import { createTestDatabase, type TestDatabase, testServers } from '@torrentino/testkit'
import { openWorkers, type Workers } from '../../../apps/gateway/src/test-support/steps-of-workers.js'
import { KEYS, openGateway, type TestGateway } from '../../../apps/gateway/src/test-support/test-gateway.js'
import { ApiError, type Client, createClient, type NewTicketInput } from './index.js'

let database: TestDatabase
let gateway: TestGateway
let workers: Workers
let root: string
let ann: Client
let admin: Client

beforeAll(async () => {
  const { redisUrl } = await testServers()
  database = await createTestDatabase()
  root = await realpath(await mkdtemp(join(tmpdir(), 'client-')))
  gateway = await openGateway({ databaseUrl: database.url, redisUrl, mediaRoots: [root] })
  workers = openWorkers(gateway.config)
  ann = createClient({ baseUrl: gateway.url, token: KEYS.ann })
  admin = createClient({ baseUrl: `${gateway.url}/`, token: KEYS.admin })
})
afterAll(async () => {
  await gateway.close()
  await workers.close()
  await database.drop()
  await rm(root, { recursive: true })
})

function ticket(change: Partial<NewTicketInput> = {}): NewTicketInput {
  const folder = join(root, randomUUID())
  return {
    search: { artist: 'The Example Band', album: 'First Steps' },
    tracks: [
      { catalog_track_id: 't:1', track_number: 1, name: 'One', dest_path: `${folder}/1.ogg` },
      { catalog_track_id: 't2', track_number: 2, name: 'Two', dest_path: `${folder}/2.ogg` },
    ],
    ...change,
  }
}

async function failure(work: Promise<unknown>): Promise<ApiError> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}

describe('requests', () => {
  test('post, read and list, also over many pages', async () => {
    const request = ticket({ ticket_id: randomUUID() })
    const created = await ann.createTicket(request, { idempotencyKey: 'key-1' })
    expect(created).toMatchObject({ ticket_id: request.ticket_id, state: 'pending', requested_by: 'ann' })
    expect(await ann.createTicket(request, { idempotencyKey: 'key-1' })).toEqual(created)
    expect(await ann.getTicket(created.ticket_id)).toMatchObject({
      requested_by: 'ann',
      request: { search: { artist: 'The Example Band' } },
    })
    const ids = [created.ticket_id]
    for (let nr = 0; nr < 4; nr += 1) ids.push((await ann.createTicket(ticket())).ticket_id)
    const page = await ann.listTickets({ limit: 2, state: ['pending', 'failed'] })
    expect(page.tickets.map(({ ticket_id }) => ticket_id)).toEqual(ids.slice(-2).reverse())
    const all: string[] = []
    for await (const one of ann.allTickets({ limit: 2 })) all.push(one.ticket_id)
    expect(all).toEqual(ids.reverse())
  })

  test('every action on a ticket', async () => {
    async function led(state: Parameters<Workers['lead']>[1]): Promise<string> {
      const { ticket_id } = await ann.createTicket(ticket())
      await workers.lead(ticket_id, state)
      return ticket_id
    }
    const hash = 'b'.repeat(40)
    expect(await admin.approve(await led('needs_approval'), 1)).toMatchObject({ state: 'approved', details: { selected_idx: 1 } })
    expect(await admin.approve(await led('needs_approval'))).toMatchObject({ details: { selected_idx: 0 } })
    expect(await admin.reject(await led('needs_approval'), 'wrong album')).toMatchObject({
      state: 'rejected',
      details: { reason: 'wrong album' },
    })
    expect(await ann.cancel(await led('searching'), 'no longer')).toMatchObject({ state: 'cancelled', details: { reason: 'no longer' } })
    expect(await ann.cancel(await led('pending'))).toMatchObject({ state: 'cancelled', details: { reason: null } })
    expect(await admin.retry(await led('failed'))).toMatchObject({ state: 'pending' })
    expect(await admin.forceSearch(await led('search_failed'), 'other words')).toMatchObject({ state: 'searching' })
    expect(await admin.forceMagnet(await led('search_failed'), `magnet:?xt=urn:btih:${hash}`)).toMatchObject({
      state: 'downloading',
      details: { torrent_hash: hash },
    })
  })

  test('files of a completed ticket, whole and in part', async () => {
    const id = (await ann.createTicket(ticket())).ticket_id
    await workers.lead(id, 'completed')
    const { files } = await ann.files(id)
    expect(files.map(({ item_id }) => item_id)).toEqual(['t:1', 't2'])
    const folder = join(files[0]?.path ?? '', '..')
    await mkdir(folder)
    await writeFile(files[0]?.path ?? '', '0123456789')
    expect(await (await ann.downloadFile(id, 't:1')).text()).toBe('0123456789')
    const part = await ann.downloadFile(id, 't:1', { range: { start: 3, end: 5 } })
    expect([part.status, await part.text()]).toEqual([206, '345'])
    expect(await (await ann.downloadFile(id, 't:1', { range: { start: 7 } })).text()).toBe('789')
    expect(await failure(ann.downloadFile(id, 't:1', { range: { start: 99 } }))).toMatchObject({ code: 'range_not_satisfiable' })
  })

  test('audit, status and configuration', async () => {
    const { ticket_id } = await ann.createTicket(ticket())
    const { entries } = await ann.audit({ ticket_id, event_type: ['TicketCreated'], from: new Date(0) })
    expect(entries).toMatchObject([{ event_type: 'TicketCreated', actor: 'ann' }])
    const exported: unknown[] = []
    for await (const entry of ann.exportAudit({ ticket_id })) exported.push(entry)
    const rows = (await (await ann.exportAuditCsv({ ticket_id })).text()).split('\r\n')
    expect(rows).toHaveLength(exported.length + 2)
    expect(exported).toEqual((await ann.audit({ ticket_id })).entries.reverse())
    expect((await createClient({ baseUrl: gateway.url }).health()).status).toBe('ok')
    expect((await ann.stats()).tickets.pending).toBeGreaterThan(0)
    expect((await admin.config()).config).toHaveProperty('media')
  })

  test('training data, decision by decision', async () => {
    const decision: TrainingDecision = {
      ...{ format: 1, ticket_id: randomUUID(), decided_at: new Date(0).toISOString(), candidates: [], matcher: { matcher_type: 'dumb' } },
      request: {
        requested_by: 'ann',
        content_type: 'music',
        request_scope: 'album',
        search: { artist: 'A', genres: [] },
        tracks: [],
        constraints: {},
      },
      choice: { kind: 'sure', selected_idx: 0, confidence: 0.9, reasoning: '', reason: null },
      verdict: { type: 'none' },
      outcome: { state: 'completed', failure: null, missing_items: 0 },
    }
    const asked: (string | undefined)[] = []
    const server = http.createServer((request, response) => {
      asked.push(request.url)
      response.end(`${JSON.stringify(decision)}\n`.repeat(2))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const lines: TrainingDecision[] = []
    for await (const line of createClient({ baseUrl: `http://127.0.0.1:${port}` }).exportTraining({ ticket_id: decision.ticket_id }))
      lines.push(line)
    await new Promise((resolve) => server.close(resolve))
    expect(lines).toMatchObject([decision, decision])
    expect(asked).toEqual([`/api/v1/audit/export?ticket_id=${decision.ticket_id}&format=training`])
    expect(await failure(ann.exportTraining().next())).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test.each([
    ['a field', () => ann.createTicket(ticket({ search: { artist: '' } })), 400, 'invalid_request', ['search.artist']],
    [
      'a path',
      () => ann.createTicket(ticket({ tracks: [{ ...track(), dest_path: '/etc/passwd.ogg' }] })),
      400,
      'path_outside_roots',
      ['tracks[0].dest_path'],
    ],
    ['an unknown ticket', () => ann.getTicket(randomUUID()), 404, 'not_found', []],
    ['an id that would change the path', () => ann.getTicket('../health'), 400, 'invalid_request', ['ticket_id']],
    ['no right', () => ann.config(), 403, 'forbidden', []],
    ['no token', () => createClient({ baseUrl: gateway.url }).stats(), 401, 'unauthenticated', []],
  ])('refused for %s', async (_what, ask, status, code, places) => {
    const error = await failure(ask())
    expect(error).toMatchObject({ status, code, isPassing: false })
    expect(error.errors.map(({ path }) => path)).toEqual(places)
    expect(error.requestId).toEqual(expect.any(String))
  })

  test.each([
    ...[0, 408, 429, 500, 503].map((status) => [status, true] as const),
    ...[400, 401, 403, 404, 409, 413, 422].map((status) => [status, false] as const),
  ])('status %d may be tried again as it is: %s', (status, isPassing) => {
    expect(new ApiError(status, 'invalid_request', '')).toMatchObject({ isPassing })
  })

  test('nobody there, nobody answering in time, and somebody else', async () => {
    const entry = JSON.stringify({ id: '1', ticket_id: null, event_type: 'ServiceStopped', actor: 'x', at: new Date(0), payload: {} })
    const server = http.createServer((request, response) => {
      if (request.url?.endsWith('/health')) response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>')
      if (request.url?.includes('/export')) response.write(`${entry}\n${entry.slice(0, 20)}`, () => request.socket.destroy())
      if (request.url?.endsWith('/stats')) response.end('{"tickets":[]}')
    })
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 100 })
    const lines: string[] = []
    const broken = (async () => {
      for await (const { id } of client.exportAudit()) lines.push(id)
    })()
    expect(await failure(broken)).toMatchObject({ code: 'unreachable', isPassing: true })
    expect(lines).toEqual(['1'])
    expect(await failure(client.health())).toMatchObject({ status: 502, code: 'unexpected_answer', isPassing: true })
    expect(await failure(client.stats())).toMatchObject({ status: 200, code: 'unexpected_answer', isPassing: false })
    expect(await failure(client.config())).toMatchObject({ status: 0, code: 'unreachable' })
    const reason = new Error('changed my mind')
    await expect(client.config({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    server.close()
    server.closeAllConnections()
    expect(await failure(client.health())).toMatchObject({ status: 0, code: 'unreachable', isPassing: true })
  })
})

function track() {
  return { catalog_track_id: 'x', track_number: 1, name: 'X', dest_path: `${root}/x.ogg` }
}

describe('waiting for a ticket', () => {
  test('until it has ended', async () => {
    const { ticket_id } = await ann.createTicket(ticket())
    const waiting = ann.waitForTicket(ticket_id)
    await workers.lead(ticket_id, 'completed')
    expect(await waiting).toMatchObject({ ticket_id, state: 'completed' })
    expect((await ann.waitForTicket(ticket_id, { until: ['downloading'] })).state).toBe('completed')
  })

  test('until it needs somebody', async () => {
    const { ticket_id } = await ann.createTicket(ticket())
    const waiting = ann.waitForTicket(ticket_id, { until: ['needs_approval'] })
    await workers.lead(ticket_id, 'needs_approval')
    expect((await waiting).candidates).toHaveLength(2)
  })

  test('also behind a proxy that lets no WebSocket through', async () => {
    const proxy = await openDeafProxy(gateway.url)
    try {
      const proxied = createClient({ baseUrl: proxy.url, token: KEYS.ann, reconnectMs: 1 })
      const { ticket_id } = await proxied.createTicket(ticket())
      const waiting = proxied.waitForTicket(ticket_id)
      await workers.lead(ticket_id, 'completed')
      expect(await waiting).toMatchObject({ ticket_id, state: 'completed' })
    } finally {
      proxy.close()
    }
  })

  test('not for one that does not exist, and not after an abort', async () => {
    expect(await failure(ann.waitForTicket(randomUUID()))).toMatchObject({ code: 'not_found' })
    const { ticket_id } = await ann.createTicket(ticket())
    const reason = new Error('enough')
    const controller = new AbortController()
    const waiting = ann.waitForTicket(ticket_id, { signal: controller.signal })
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await expect(ann.waitForTicket(ticket_id, { signal: controller.signal })).rejects.toBe(reason)
  })
})

/** Passes requests on, and answers a WebSocket's handshake with a page of its own. */
async function openDeafProxy(target: string): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined
    const answer = await fetch(target + request.url, { method: request.method, headers: { authorization, 'content-type': type }, body })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(await answer.text())
  })
  server.on('upgrade', (_request, socket) => {
    // Whoever is refused may hang up first.
    socket.on('error', () => {})
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<h1>no</h1>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
