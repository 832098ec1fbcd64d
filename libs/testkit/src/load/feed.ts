import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { benchTicket } from '../bench/chain.js'
import { type Percentiles, percentiles } from '../bench/percentiles.js'
import { get, post, Refused } from '../bench/requests.js'
import type { Peer } from './peers.js'
import { ticketId } from './ticket-ids.js'

const CONNECTIONS = 20
/** One in so many tickets is also read. */
const READ_EVERY = 10
const RETRY_MS = 1000

export interface FeedOptions {
  redisUrl: string
  from: number
  tickets: number
  open: number
  onProgress?(done: number): void
}

export interface FeedResult {
  ticketsPerSecond: number
  posts: Percentiles
  reads: Percentiles
  /** Answers that asked to come again later, which was done. */
  busy: number
}

/** Keeps so many tickets under way, as fast as they get through. */
export async function feed(peer: Peer, { redisUrl, from, tickets, open, onProgress }: FeedOptions): Promise<FeedResult> {
  const through = await countCompleted(peer, redisUrl, onProgress)
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const [posts, reads]: [number[], number[]] = [[], []]
  let posted = 0
  let busy = 0
  async function took(work: () => Promise<void>): Promise<number> {
    const began = performance.now()
    while (!(await work().then(() => true, unlessBusy))) busy += 1
    return performance.now() - began
  }
  async function sendOn(): Promise<void> {
    while (posted < tickets) {
      const number = from + posted++
      await through.until(posted - open)
      posts.push(await took(() => post(peer.port, agent, bodyOf(number))))
      if (peer.reads && number % READ_EVERY === 0) reads.push(await took(() => get(peer.port, agent, `/api/v1/ticket/${ticketId(number)}`)))
    }
  }
  const began = performance.now()
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, sendOn))
    await through.until(tickets)
    const ticketsPerSecond = tickets / ((performance.now() - began) / 1000)
    return { ticketsPerSecond, posts: percentiles(posts), reads: percentiles(reads), busy }
  } finally {
    agent.destroy()
    through.close()
  }
}

/** Nor when an idle connection is closed at the moment in which it was to be used again. */
async function unlessBusy(error: unknown): Promise<boolean> {
  const asked = error instanceof Refused ? error.status === 503 : (error as NodeJS.ErrnoException).code === 'ECONNRESET'
  if (!asked) throw error
  await delay(RETRY_MS)
  return false
}

const { ticket_id: _id, ...TICKET } = benchTicket()

function bodyOf(number: number): string {
  return JSON.stringify({ ...TICKET, ticket_id: ticketId(number) })
}

async function countCompleted(peer: Peer, redisUrl: string, onProgress?: (done: number) => void) {
  const subscriber = new Redis(redisUrl)
  const through = new Set<string>()
  let waiting: { count: number; go: () => void }[] = []
  subscriber.on('message', (_channel: string, message: string) => {
    const id = peer.completed(message)
    if (id === undefined || through.has(id)) return
    const done = through.add(id).size
    onProgress?.(done)
    for (const { go } of waiting.filter(({ count }) => count <= done)) go()
    waiting = waiting.filter(({ count }) => count > done)
  })
  await subscriber.subscribe(peer.channel)
  return {
    until: (count: number): Promise<void> =>
      count <= through.size ? Promise.resolve() : new Promise((go) => void waiting.push({ count, go })),
    close: () => subscriber.disconnect(),
  }
}
