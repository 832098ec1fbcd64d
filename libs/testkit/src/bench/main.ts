import { benchBare, benchPipeline, type ChainOptions } from './chain.js'
import { benchAlbum, benchReplicas } from './convert.js'
import { benchFanout, benchPosts } from './gateway.js'
import { benchMatching } from './matching.js'
import { withServers } from './servers.js'
import { printTable, type Row } from './table.js'

const TICKETS = Number(process.env.BENCH_TICKETS ?? 3000)
const SAMPLES = 300

/** Each measure beside its peer, one after the other in the same run; with servers where the section works on them. */
const SERVED: Record<string, (options: ChainOptions) => Promise<Row[]>> = { chain, posts, stream, convert }
const SECTIONS: Record<string, () => Promise<Row[]>> = { matching: benchMatching }
const NAMES = [...Object.keys(SERVED), ...Object.keys(SECTIONS)]

/** All sections, or those that are named: npm run bench -- matching */
async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.filter((name) => !NAMES.includes(name))
  if (unknown.length > 0) throw new Error(`there is no section ${unknown.join(', ')}; there are: ${NAMES.join(', ')}`)
  const chosen = wanted.length > 0 ? wanted : NAMES
  const rows: Row[] = []
  const served = chosen.flatMap((name) => SERVED[name] ?? [])
  if (served.length > 0)
    await withServers(async (urls) => {
      for (const section of served) rows.push(...(await section({ ...urls, tickets: TICKETS, samples: SAMPLES })))
    })
  for (const section of chosen.flatMap((name) => SECTIONS[name] ?? [])) rows.push(...(await section()))
  printTable(rows)
}

async function chain(options: ChainOptions): Promise<Row[]> {
  console.log(`chain: ${TICKETS} tickets through five processes, then ${SAMPLES} one at a time`)
  // Ours stands between two runs of the bare chain, so that warm caches and growing tables favour neither.
  const before = await benchBare(options)
  const ours = await benchPipeline(options)
  const after = await benchBare(options)
  const bare = {
    ticketsPerSecond: (before.ticketsPerSecond + after.ticketsPerSecond) / 2,
    idle: { p50: (before.idle.p50 + after.idle.p50) / 2, p99: (before.idle.p99 + after.idle.p99) / 2 },
  }
  return [
    { name: '(a) tickets/s', ours: ours.ticketsPerSecond, bare: bare.ticketsPerSecond, aim: 'at least 0.8' },
    { name: '(b) idle p50 ms', ours: ours.idle.p50, bare: bare.idle.p50, aim: 'under 2' },
    { name: '(b) idle p99 ms', ours: ours.idle.p99, bare: bare.idle.p99 },
  ]
}

async function posts(options: ChainOptions): Promise<Row[]> {
  console.log('posts: 50 connections')
  const { ours, bare } = await benchPosts(options)
  return [{ name: '(c) POST /ticket per s', ours, bare, aim: 'at least 0.8' }]
}

async function stream(options: ChainOptions): Promise<Row[]> {
  console.log('stream: 200 clients at 500 events/s')
  const { ours, bare } = await benchFanout(options)
  return [
    { name: '(d) WebSocket p50 ms', ours: ours.p50, bare: bare.p50 },
    { name: '(d) WebSocket p99 ms', ours: ours.p99, bare: bare.p99, aim: 'under 2' },
  ]
}

async function convert(options: ChainOptions): Promise<Row[]> {
  console.log('convert: an album of 12 tracks to Ogg, then 64 tracks of simulated work')
  return [...(await benchAlbum(options)), ...(await benchReplicas(options))]
}

await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
