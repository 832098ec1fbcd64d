import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Problem, type ProgressEvent } from '@torrentino/domain'
import { createTestDatabase, sharedRedisUrl, waitFor } from '@torrentino/testkit'
import pg from 'pg'
import { WebSocket } from 'ws'
import { openBench, type StreamBench, type TestGateway } from './test-support/stream-bench.js'
import { openProbe } from './test-support/stream-probe.js'

let bench: StreamBench
let gateway: TestGateway

beforeAll(async () => {
  const [database, redisUrl] = await Promise.all([createTestDatabase(), sharedRedisUrl()])
  bench = await openBench({ database, redisUrl, pool: new pg.Pool({ connectionString: database.url }) })
  gateway = await bench.gateway()
  await gateway.probe()
})
afterAll(() => bench.close())

function progressOf(ticketId: string, fields: Partial<ProgressEvent> = {}): ProgressEvent {
  return { kind: 'progress', ticket_id: ticketId, requested_by: 'alice', stage: 'download', progress_pct: 1, ...fields }
}

async function tell(input: Parameters<StreamBench['writer']['write']>[0] = {}) {
  const step = await bench.writer.write(input)
  await bench.publish(step)
  return step
}

describe('what a client sees', () => {
  test('a user only the own tickets, also by progress; an admin all', async () => {
    const [alice, admin] = await Promise.all([gateway.probe({ token: 'alice' }), gateway.probe()])
    const ofBob = await tell({ user: 'bob' })
    await bench.publish(progressOf(ofBob.ticket_id, { requested_by: 'bob' }))
    const ofAlice = await tell({ user: 'alice' })
    await Promise.all([alice.has(ofAlice.seq * 2), admin.has(ofAlice.seq * 2)])
    expect(alice.messages.slice(1)).toEqual([expect.objectContaining({ type: 'state_change', ticket_id: ofAlice.ticket_id })])
    expect(admin.durable()).toEqual([ofBob.seq * 2, ofAlice.seq * 2])
  })

  test('the messages of the contract, without what is for us alone', async () => {
    const client = await gateway.probe()
    const { ticket_id, seq, at } = await tell({ to: 'failed', details: { error: 'disk full', retryable: true } })
    await client.has(seq * 2 + 1)
    const details = { error: 'disk full', retryable: true }
    expect(client.messages.slice(1)).toEqual([
      { type: 'state_change', id: seq * 2, ticket_id, old_state: 'pending', new_state: 'failed', at, details },
      { type: 'failed', id: seq * 2 + 1, ticket_id, at, error: 'disk full', retryable: true },
    ])
  })

  test('who resumes between the two messages of a step gets the second', async () => {
    const { seq } = await tell({ to: 'completed' })
    const client = await gateway.probe({ query: `?since=${seq * 2}` })
    await client.has(seq * 2 + 1)
    expect(client.durable()).toEqual([seq * 2 + 1])
  })

  test('progress: the first at once, then the latest of each item, and nothing that a step has overtaken', async () => {
    const calm = await bench.gateway({ progressMs: 300 })
    const client = await calm.probe()
    const ticketId = randomUUID()
    for (const pct of [1, 2, 3]) await bench.publish(progressOf(ticketId, { progress_pct: pct }))
    await bench.publish(progressOf(ticketId, { stage: 'convert', item_id: 'a', progress_pct: 7 }))
    const seen = () => client.messages.flatMap((message) => (message.type === 'progress' ? [message.progress_pct] : []))
    await client.until(() => seen().length === 3)
    expect(seen()).toEqual([1, 7, 3])
    await bench.publish(progressOf(ticketId, { progress_pct: 4 }))
    const { seq } = await tell({ ticketId })
    await client.has(seq * 2)
    const other = randomUUID()
    await bench.publish(progressOf(other, { progress_pct: 50 }), progressOf(other, { progress_pct: 60 }))
    await client.until(() => seen().includes(60))
    expect(seen()).toEqual([1, 7, 3, 50, 60])
    const last = client.messages.at(-1)
    expect(last).toMatchObject({ type: 'progress', id: seq * 2 + 1, ticket_id: other })
    expect(last).not.toHaveProperty('requested_by')
  })

  test('since beyond the history: told so, then live', async () => {
    const { seq } = await tell()
    const client = await gateway.probe({ query: `?since=${seq * 2 + 10_000}` })
    expect(client.hello()).toMatchObject({ reset: true, id: client.hello().head })
    const next = await tell()
    await client.has(next.seq * 2)
  })
})

describe('slow and dead clients', () => {
  const BIG = { pad: 'x'.repeat(250_000) }
  const COUNT = 60

  test('progress is dropped first', async () => {
    const patient = await bench.gateway({ maxBacklogBytes: 1e9, progressMs: 1 })
    const [slow, quick] = await Promise.all([patient.probe(), patient.probe()])
    const first = await tell()
    await slow.has(first.seq * 2)
    slow.ws.pause()
    for (let nr = 0; nr < COUNT; nr += 1) await tell({ details: BIG })
    await quick.until(() => quick.durable().length === COUNT + 1)
    await bench.publish(progressOf(randomUUID()))
    await quick.until(() => quick.messages.at(-1)?.type === 'progress')
    slow.ws.resume()
    const last = await tell()
    await slow.has(last.seq * 2)
    expect(slow.durable()).toEqual(Array.from({ length: COUNT + 2 }, (_, index) => (first.seq + index) * 2))
    expect(slow.messages.some(({ type }) => type === 'progress')).toBe(false)
  })

  test('too much of a backlog: disconnected with a reason, and nothing is lost on resuming', async () => {
    const slow = await gateway.probe()
    const quick = await gateway.probe()
    slow.ws.pause()
    const first = await tell({ details: BIG })
    for (let nr = 1; nr < COUNT; nr += 1) await tell({ details: BIG })
    const last = await tell()
    await quick.has(last.seq * 2)
    slow.ws.resume()
    expect(await slow.closed).toEqual({ code: 4008, reason: expect.stringContaining('since') })
    const seen = slow.durable()
    expect(seen.length).toBeLessThan(COUNT)
    const resumed = await gateway.probe({ query: `?since=${seen.at(-1) ?? slow.hello().id}` })
    await resumed.has(last.seq * 2)
    expect([...seen, ...resumed.durable()]).toEqual(Array.from({ length: COUNT + 1 }, (_, index) => (first.seq + index) * 2))
  })

  test('one that does not answer pings is dropped, the others stay', async () => {
    const brisk = await bench.gateway({ pingMs: 20, pongMs: 100 })
    const dead = await brisk.probe({ autoPong: false })
    const alive = await brisk.probe()
    expect((await dead.closed).code).toBe(1006)
    await waitFor('the dead client to be forgotten', () => brisk.stream.clients() === 1)
    await alive.until(() => alive.messages.filter(({ type }) => type === 'heartbeat').length > 8)
    expect(alive.ws.readyState).toBe(WebSocket.OPEN)
  })

  test('oversized and superfluous messages of a client', async () => {
    const client = await gateway.probe()
    client.ws.send('{"type":"anything"}')
    const { seq } = await tell()
    await client.has(seq * 2)
    client.ws.send('x'.repeat(5_000))
    expect((await client.closed).code).toBe(1009)
  })
})

describe('handshake', () => {
  test.each([
    ['no token', '/ws', {}, 401, 'unauthenticated', undefined],
    ['an unknown token', '/ws', { authorization: 'Bearer wrong' }, 401, 'unauthenticated', undefined],
    ['another path', '/ws/more', { authorization: 'Bearer admin' }, 404, 'not_found', undefined],
    ['since is no number', '/ws?since=abc', { authorization: 'Bearer admin' }, 400, 'invalid_request', 'since'],
    ['since is negative', '/ws?since=-1', { authorization: 'Bearer admin' }, 400, 'invalid_request', 'since'],
    [
      'since is beyond what a number holds',
      '/ws?since=9007199254740993',
      { authorization: 'Bearer admin' },
      400,
      'invalid_request',
      'since',
    ],
    ['since twice', '/ws?since=1&since=2', { authorization: 'Bearer admin' }, 400, 'invalid_request', 'since'],
    ['no ticket id', '/ws?ticket_id=7', { authorization: 'Bearer admin' }, 400, 'invalid_request', 'ticket_id[0]'],
    ['a token in the address', '/ws?token=s3cret', { authorization: 'Bearer admin' }, 400, 'invalid_request', 'token'],
    [
      'too many tickets',
      `/ws?${Array.from({ length: 101 }, () => `ticket_id=${randomUUID()}`).join('&')}`,
      { authorization: 'Bearer admin' },
      400,
      'invalid_request',
      'ticket_id',
    ],
  ])('%s is refused before the upgrade', async (_name, path, headers, status, code, place) => {
    const response = await upgrade(gateway.port, path, headers)
    expect(response.status).toBe(status)
    expect(response.type).toBe('application/problem+json')
    const problem = Problem.parse(JSON.parse(response.body))
    expect(problem).toMatchObject({ status, code })
    expect(problem.errors?.map((fault) => fault.path)).toEqual(place === undefined ? undefined : [place])
    expect(response.body).not.toContain('s3cret')
  })

  test('a browser gives its token as a subprotocol, which is not sent back', async () => {
    const ws = new WebSocket(`ws://127.0.0.1:${gateway.port}/api/v1/ws`, ['torrentino', 'bearer.alice'])
    const client = await openProbe(ws)
    expect(ws.protocol).toBe('torrentino')
    const own = await tell({ user: 'alice' })
    await client.has(own.seq * 2)
    client.close()
  })

  test('before the history is known: come back later', async () => {
    let broken = true
    const starting = await bench.gateway({}, (steps) => ({
      steps: { ...steps, between: (...args) => (broken ? Promise.reject(new Error('database is starting')) : steps.between(...args)) },
    }))
    const early = await upgrade(starting.port, '/ws', { authorization: 'Bearer admin' })
    expect(early).toMatchObject({ status: 503, retryAfter: '1' })
    broken = false
    const client = await starting.probe()
    const { seq } = await tell()
    await client.has(seq * 2)
  })

  test('no more clients than allowed', async () => {
    const small = await bench.gateway({ maxClients: 1 })
    await small.probe()
    expect((await upgrade(small.port, '/ws', { authorization: 'Bearer admin' })).status).toBe(503)
  })

  test('closing says good-bye, twice is once', async () => {
    const stopping = await bench.gateway()
    const client = await stopping.probe()
    await Promise.all([stopping.stream.close(), stopping.stream.close()])
    expect(await client.closed).toMatchObject({ code: 1001, reason: expect.stringContaining('since') })
    expect(stopping.stream.clients()).toBe(0)
  })
})

async function upgrade(port: number, path: string, headers: Record<string, string>) {
  const request = http.get({
    port,
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      ...headers,
    },
  })
  request.on('upgrade', (_response, socket) => socket.destroy())
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  const body = Buffer.concat(await response.toArray()).toString()
  return { status: response.statusCode, type: response.headers['content-type'], retryAfter: response.headers['retry-after'], body }
}
