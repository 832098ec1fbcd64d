import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import pg from 'pg'
import { WebSocket } from 'ws'
import { freePort } from '../servers/port.js'
import { waitFor } from '../servers/wait-for.js'
import { benchTicket } from './chain.js'
import { startChildren } from './children.js'
import { type Percentiles, percentiles } from './percentiles.js'
import { answers, post } from './requests.js'
import type { Servers } from './servers.js'

const POSTS = 4000
const CONNECTIONS = 50
const CLIENTS = 200
const LOOKED_AT = 20
const EVENTS_PER_SECOND = 500
const SECONDS = 5

/** The gateway as it is shipped, and the bare handler beside it. */
async function withServer<T>(kind: 'gateway' | 'bare', servers: Servers, use: (port: number) => Promise<T>): Promise<T> {
  const port = await freePort()
  const children =
    kind === 'bare'
      ? await startChildren('./bare-gateway.js', [[servers.databaseUrl, servers.redisUrl, String(port)]])
      : await startChildren('./app-process.js', [['gateway']], {
          AUTH_METHOD: 'none',
          DATABASE_URL: servers.databaseUrl,
          REDIS_URL: servers.redisUrl,
          REDIS_PREFIX: 'bench',
          MEDIA_ROOTS: '/bench',
          SERVER_PORT: String(port),
          METRICS_PORT: '0',
          LOG_LEVEL: 'error',
        })
  try {
    await waitFor('the server', () => answers(port), 20_000)
    return await use(port)
  } finally {
    await children.stop()
  }
}

export async function benchPosts(servers: Servers): Promise<{ ours: number; bare: number }> {
  const first = await withServer('bare', servers, postMany)
  const ours = await withServer('gateway', servers, postMany)
  const last = await withServer('bare', servers, postMany)
  return { ours, bare: (first + last) / 2 }
}

async function postMany(port: number): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const { ticket_id: _id, ...ticket } = benchTicket()
  const body = JSON.stringify(ticket)
  async function run(count: number): Promise<void> {
    let left = count
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (left-- > 0) await post(port, agent, body)
      }),
    )
  }
  await run(500)
  const began = performance.now()
  await run(POSTS)
  const rate = POSTS / ((performance.now() - began) / 1000)
  agent.destroy()
  return rate
}

export async function benchFanout(servers: Servers): Promise<{ ours: Percentiles; bare: Percentiles }> {
  const bare = await withServer('bare', servers, (port) => fanOut(port, servers, 'bare:events'))
  const ours = await withServer('gateway', servers, (port) => fanOut(port, servers, 'bench:events'))
  return { ours, bare }
}

/** Writes and publishes steps as the pipeline does, and measures from there until each client has each of them. */
async function fanOut(port: number, { databaseUrl, redisUrl }: Servers, channel: string): Promise<Percentiles> {
  const publisher = new Redis(redisUrl)
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  const sent = new Map<number, number>()
  const late: number[] = []
  // The gateway takes clients once it knows where the history stands.
  await waitFor('the stream', () => connect(port).then(end, () => false), 20_000)
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connect(port)))
  // All clients take all messages; reading them in all would make this process the slowest part.
  for (const socket of clients.slice(0, LOOKED_AT))
    socket.on('message', (data) => {
      const { id, type } = JSON.parse(data.toString()) as { id: number; type: string }
      if (type !== 'state_change') return
      // A gateway that fills a gap from the database may be ahead of the word that is published.
      late.push(performance.now() - (sent.get(id) ?? performance.now()))
    })
  const total = EVENTS_PER_SECOND * SECONDS
  const began = performance.now()
  for (let number = 1; number <= total; number += 1) {
    void writeStep(pool).then((seq) => {
      sent.set(seq * 2, performance.now())
      return publisher.publish(channel, JSON.stringify(stepEvent(seq)))
    })
    const due = began + (number * 1000) / EVENTS_PER_SECOND
    if (due > performance.now()) await delay(due - performance.now())
  }
  await waitFor('all messages', () => late.length === total * LOOKED_AT, 30_000)
  for (const socket of clients) socket.terminate()
  publisher.disconnect()
  await pool.end()
  return percentiles(late)
}

function end(socket: WebSocket): boolean {
  socket.terminate()
  return true
}

async function writeStep(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ seq: string }>({
    name: 'bench-step',
    text: `insert into ticket_transitions (ticket_id, version, to_state, cause, actor, requested_by, details, at)
           values (gen_random_uuid(), 2, 'searching', 'start_search', 'bench', 'bench', '{}', now()) returning seq`,
  })
  return Number(rows[0]?.seq)
}

async function connect(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/ws`)
  await new Promise((resolve, reject) => {
    socket.once('message', resolve)
    socket.once('error', reject)
  })
  return socket
}

function stepEvent(seq: number) {
  return {
    kind: 'step',
    seq,
    ticket_id: '00000000-0000-4000-8000-000000000000',
    requested_by: 'bench',
    version: 2,
    cause: 'start_search',
    from: 'pending',
    to: 'searching',
    reason: null,
    at: new Date().toISOString(),
    details: { strategies_tried: [], started_at: new Date().toISOString() },
  }
}
