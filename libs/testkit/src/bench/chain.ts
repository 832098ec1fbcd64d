import { randomUUID } from 'node:crypto'
import { NewTicket } from '@torrentino/domain'
import { createTicket } from '@torrentino/pipeline'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { BARE_STAGES } from './bare-rows.js'
import { startChildren } from './children.js'
import { type Percentiles, percentiles } from './percentiles.js'
import { openPipeline } from './pipeline.js'
import type { Servers } from './servers.js'

export interface ChainResult {
  ticketsPerSecond: number
  idle: Percentiles
}

export interface ChainOptions extends Servers {
  tickets: number
  samples: number
}

const FEED = 50

export function benchTicket() {
  return NewTicket.parse({
    search: { artist: 'Some Artist', album: 'Some Album', year: 2001 },
    tracks: [{ catalog_track_id: 't1', track_number: 1, name: 'Some Track', duration_secs: 200, dest_path: '/bench/01.ogg' }],
  })
}

/** What a chain offers to be measured: take one ticket in, and tell when one is through. */
interface Chain {
  post(): Promise<string>
  onCompleted(listener: (id: string) => void): void
}

async function measure(chain: Chain, { tickets, samples }: ChainOptions): Promise<ChainResult> {
  const waiting = new Map<string, () => void>()
  const early = new Set<string>()
  chain.onCompleted((id) => {
    const done = waiting.get(id)
    if (done) done()
    else early.add(id)
  })
  function through(id: string): Promise<void> {
    if (early.delete(id)) return Promise.resolve()
    return new Promise<void>((resolve) => waiting.set(id, resolve)).then(() => void waiting.delete(id))
  }
  async function feed(count: number): Promise<void> {
    let left = count
    const ends: Promise<void>[] = []
    await Promise.all(
      Array.from({ length: FEED }, async () => {
        while (left-- > 0) ends.push(through(await chain.post()))
      }),
    )
    await Promise.all(ends)
  }

  await feed(Math.min(200, tickets))
  const began = performance.now()
  await feed(tickets)
  const ticketsPerSecond = tickets / ((performance.now() - began) / 1000)

  const idle: number[] = []
  for (let sample = 0; sample < samples; sample += 1) {
    const start = performance.now()
    await through(await chain.post())
    idle.push(performance.now() - start)
  }
  return { ticketsPerSecond, idle: percentiles(idle) }
}

export async function benchPipeline(options: ChainOptions): Promise<ChainResult> {
  const { databaseUrl, redisUrl } = options
  const children = await startChildren(
    './stage-process.js',
    BARE_STAGES.map((stage) => [stage, databaseUrl, redisUrl]),
  )
  const { bus, deps, close } = await openPipeline(options, 'bench')
  const ticket = benchTicket()
  const listeners: ((id: string) => void)[] = []
  await bus.subscribe({
    onEvent: (event) => {
      if (event.kind === 'step' && event.to === 'completed') for (const listener of listeners) listener(event.ticket_id)
    },
    onError: () => {},
  })
  try {
    return await measure(
      {
        post: async () => (await createTicket(deps, { ticket, requestedBy: 'bench', mediaRoots: ['/bench'] })).id,
        onCompleted: (listener) => listeners.push(listener),
      },
      options,
    )
  } finally {
    await children.stop()
    await close()
  }
}

export async function benchBare(options: ChainOptions): Promise<ChainResult> {
  const { databaseUrl, redisUrl } = options
  const children = await startChildren(
    './bare-process.js',
    BARE_STAGES.map((stage) => [stage, databaseUrl, redisUrl]),
  )
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
  const subscriber = new Redis(redisUrl, { maxRetriesPerRequest: null })
  await subscriber.subscribe('bare:completed')
  const queue = new Queue('search', { connection, prefix: 'bare' })
  try {
    return await measure(
      {
        post: () => postBare(pool, queue),
        onCompleted: (listener) => subscriber.on('message', (_channel: string, id: string) => listener(id)),
      },
      options,
    )
  } finally {
    await children.stop()
    await queue.close()
    connection.disconnect()
    subscriber.disconnect()
    await pool.end()
  }
}

/** The rows of a new ticket in one statement, then the job. */
export async function postBare(pool: pg.Pool, queue: Queue): Promise<string> {
  const id = randomUUID()
  const { ticket_id: _id, ...request } = benchTicket()
  const { rows } = await pool.query<{ id: string }>({
    name: 'bare-post',
    text: `with t as (insert into tickets (id, version, state, state_data, stage, stage_version, requested_by, priority, request, request_hash, work)
        values ($1, 1, 'pending', '{}', 'search', 1, 'bench', 2, $2::jsonb, $3, '{}') returning id),
      s as (insert into ticket_transitions (ticket_id, version, to_state, cause, actor, requested_by, details, at)
        select id, 1, 'pending', 'create', 'bench', 'bench', '{}', now() from t),
      a as (insert into audit_events (ticket_id, event_type, actor, at, payload) select id, 'TicketCreated', 'bench', now(), $2::jsonb from t),
      o as (insert into outbox (ticket_id, payload) select id, '{}' from t returning id)
      select id from o`,
    values: [id, JSON.stringify(request), 'c'.repeat(64)],
  })
  await queue.add('start', { id, version: 1 }, { jobId: `${id}-search`, removeOnComplete: true, removeOnFail: true })
  await pool.query({ name: 'outbox-delete', text: 'delete from outbox where id = $1', values: [rows[0]?.id] })
  return id
}
