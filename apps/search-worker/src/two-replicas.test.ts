import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Ticket } from '@torrentino/domain'
import { buildQueries } from '@torrentino/matching'
import { createTestRedis, sampleTicket, type TestRedis, waitFor } from '@torrentino/testkit'
import { leadSearches, type Searching } from './test-support/lead-searches.js'
import { searchInProcess } from './test-support/searching-process.js'

const EMPTY = '<?xml version="1.0"?><rss version="2.0"><channel><title>Loopback</title></channel></rss>'
const WINDOW_MS = 400
const PLACES = 8
const arrived: number[] = []
const questions: string[] = []
let redis: TestRedis

/** Takes down when each request came in. It answers now sooner, now later, and has nothing. */
const server = createServer(async (request, response) => {
  arrived.push(performance.now())
  questions.push(new URL(request.url ?? '/', 'http://x').searchParams.get('q') ?? '')
  await delay((arrived.length * 7) % 40)
  response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(EMPTY)
})

beforeAll(async () => {
  redis = await createTestRedis()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

beforeEach(() => {
  arrived.length = 0
  questions.length = 0
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await redis?.drop()
})

function searching(tickets: Ticket[], limit: number): Searching {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  const indexers = [{ name: 'loop', url, timeout_secs: 60, requests_per_minute: limit }]
  return { redisUrl: redis.url, prefix: `r${randomUUID().slice(0, 8)}`, indexers, windowMs: WINDOW_MS, tickets }
}

function ticketFor(album: string): Ticket {
  const ticket = sampleTicket({ state: { name: 'searching', strategies_tried: [], started_at: new Date().toISOString() } })
  return { ...ticket, request: { ...ticket.request, search: { ...ticket.request.search, album } } }
}

/** The most requests that came in within any span of the length. */
function mostIn(spanMs: number): number {
  return Math.max(...arrived.map((from, index) => arrived.slice(index).filter((moment) => moment < from + spanMs).length))
}

function halves(work: Searching): [Searching, Searching] {
  const odd = (_ticket: Ticket, nr: number) => nr % 2 === 1
  return [
    { ...work, tickets: work.tickets.filter((ticket, nr) => !odd(ticket, nr)) },
    { ...work, tickets: work.tickets.filter(odd) },
  ]
}

const distinct = (count: number) => Array.from({ length: count }, (_, nr) => ticketFor(`Album Number ${nr}`))

test('two processes with many tickets keep to one limit together; the same search of fifty tickets costs one request for each question', async () => {
  const same = ticketFor('First Steps')
  const tickets = [...distinct(4), ...Array.from({ length: 50 }, () => ({ ...same, id: randomUUID() }))]
  const ends = await Promise.all(halves(searching(tickets, PLACES)).map(searchInProcess))
  expect(ends.flat()).toEqual(tickets.map(() => 'nothing_found'))
  // Redis counts whole milliseconds.
  expect(mostIn(WINDOW_MS - 2)).toBeLessThanOrEqual(PLACES)
  const each = new Set(tickets.flatMap(({ request }) => buildQueries(request).map(({ text }) => text)))
  expect(questions.filter((text) => text !== '').toSorted()).toEqual([...each].toSorted())
})

test('Redis emptied in the middle of it: all tickets end, and the limit is kept', async () => {
  const tickets = distinct(6)
  const ends = Promise.all(halves(searching(tickets, PLACES)).map(leadSearches))
  await waitFor('half of the work', () => arrived.length > PLACES + 2)
  await redis.flushAll()
  expect((await ends).flat()).toEqual(tickets.map(() => 'nothing_found'))
  expect(mostIn(WINDOW_MS - 2)).toBeLessThanOrEqual(PLACES)
})
