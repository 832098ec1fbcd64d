import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@torrentino/store'
import { startPostgres } from '../servers/embedded-postgres.js'
import { startRedis } from '../servers/embedded-redis.js'
import { benchBare, benchPipeline } from './chain.js'
import { benchFanout, benchPosts } from './gateway.js'
import { printTable, type Row } from './table.js'

const TICKETS = Number(process.env.BENCH_TICKETS ?? 3000)
const SAMPLES = 300

/** Each measure beside its peer on the same servers, one after the other. Both servers write to disk as in production. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'torrentino-bench-'))
  const postgres = await startPostgres({ folder: join(folder, 'postgres') })
  const redis = await startRedis({ folder: join(folder, 'redis') })
  try {
    await migrate(postgres.url)
    const options = { databaseUrl: postgres.url, redisUrl: redis.url, tickets: TICKETS, samples: SAMPLES }
    const rows: Row[] = []

    console.log(`chain: ${TICKETS} tickets through five processes, then ${SAMPLES} one at a time`)
    // Ours stands between two runs of the bare chain, so that warm caches and growing tables favour neither.
    const before = await benchBare(options)
    const ours = await benchPipeline(options)
    const after = await benchBare(options)
    const bare = {
      ticketsPerSecond: (before.ticketsPerSecond + after.ticketsPerSecond) / 2,
      idle: { p50: (before.idle.p50 + after.idle.p50) / 2, p99: (before.idle.p99 + after.idle.p99) / 2 },
    }
    rows.push(
      { name: '(a) tickets/s', ours: ours.ticketsPerSecond, bare: bare.ticketsPerSecond, aim: 'at least 0.8' },
      { name: '(b) idle p50 ms', ours: ours.idle.p50, bare: bare.idle.p50, aim: 'under 2' },
      { name: '(b) idle p99 ms', ours: ours.idle.p99, bare: bare.idle.p99 },
    )

    console.log('posts: 50 connections')
    const posts = await benchPosts(options)
    rows.push({ name: '(c) POST /ticket per s', ours: posts.ours, bare: posts.bare, aim: 'at least 0.8' })

    console.log('stream: 200 clients at 500 events/s')
    const fanout = await benchFanout(options)
    rows.push(
      { name: '(d) WebSocket p50 ms', ours: fanout.ours.p50, bare: fanout.bare.p50 },
      { name: '(d) WebSocket p99 ms', ours: fanout.ours.p99, bare: fanout.bare.p99, aim: 'under 2' },
    )
    printTable(rows)
  } finally {
    await redis.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

await main()
