import { type Servers, withServers } from '../bench/servers.js'
import { printTable, type Row } from '../bench/table.js'
import { type FeedResult, feed } from './feed.js'
import { startFollowers } from './followers.js'
import { type MemoryUse, watchMemory } from './memory.js'
import { HELP, type LoadOptions, readOptions } from './options.js'
import { type Peer, startBare, startOurs } from './peers.js'
import { readStageTimes, type StageTime } from './stage-times.js'

const REPLICAS = [1, 2, 4]

interface Side extends FeedResult {
  memory: MemoryUse[]
}

async function main(options: LoadOptions): Promise<void> {
  // Each side has servers of its own, so that no table is longer than the other's.
  const few = Math.ceil(options.tickets / 4)
  const bare = await onServers((servers) => run(servers, startBare, few, options))
  const ours = await onServers((servers) => run(servers, startOurs, few, options))
  printTable(ratios(ours, bare))
  await onServers((servers) => sustained(servers, options))
  await onServers((servers) => growth(servers, options))
}

async function onServers<T>(work: (servers: Servers) => Promise<T>): Promise<T> {
  let result: T | undefined
  await withServers(async (servers) => {
    result = await work(servers)
  })
  return result as T
}

async function run(servers: Servers, start: (servers: Servers) => Promise<Peer>, tickets: number, { open }: LoadOptions): Promise<Side> {
  const peer = await start(servers)
  console.log(`\n${start === startBare ? 'the bare chain' : 'this system'}: ${tickets} tickets, ${open} under way at a time`)
  const memory = watchMemory(peer.pids)
  try {
    const result = await feed(peer, { redisUrl: servers.redisUrl, from: 0, tickets, open, onProgress: telling(tickets) })
    return { ...result, memory: memory.stop() }
  } finally {
    memory.stop()
    await peer.stop()
  }
}

function ratios(ours: Side, bare: Side): Row[] {
  const megabytes = ({ memory }: Side) => memory.filter(({ process }) => process !== 'scheduler').reduce((sum, { late }) => sum + late, 0)
  return [
    { name: 'tickets/s', ours: ours.ticketsPerSecond, bare: bare.ticketsPerSecond },
    { name: 'POST p50 ms', ours: ours.posts.p50, bare: bare.posts.p50 },
    { name: 'POST p99 ms', ours: ours.posts.p99, bare: bare.posts.p99 },
    { name: 'memory of gateway and workers MB', ours: megabytes(ours), bare: megabytes(bare) },
  ]
}

/** All tickets, with all clients looking on. */
async function sustained(servers: Servers, { tickets, clients, open }: LoadOptions): Promise<void> {
  const peer = await startOurs(servers)
  console.log(`\n${tickets} tickets, ${clients} WebSocket clients that follow them`)
  const followers = await startFollowers(peer.port, clients, tickets)
  const memory = watchMemory(peer.pids)
  try {
    const result = await feed(peer, { redisUrl: servers.redisUrl, from: 0, tickets, open, onProgress: telling(tickets) })
    printFeed(result)
    printMemory(memory.stop())
    printStages(await readStageTimes(servers.databaseUrl))
    const { p50, p99, whole, faults } = await followers.report()
    console.log(`\nfrom a step's commit to its client: p50 ${p50} ms, p99 ${p99} ms; ${whole} of ${tickets} tickets followed to their end`)
    for (const fault of faults) console.log(`  ${fault}`)
    if (whole !== tickets || faults.length > 0) process.exitCode = 1
  } finally {
    memory.stop()
    await followers.stop()
    await peer.stop()
  }
}

function printFeed({ ticketsPerSecond, posts, reads, busy }: FeedResult): void {
  console.log(
    `\n${ticketsPerSecond.toFixed(0)} tickets/s, ${(ticketsPerSecond * 86_400).toLocaleString('en', { maximumFractionDigits: 0 })} a day`,
  )
  console.log(`POST /ticket p50 ${posts.p50.toFixed(1)} ms, p99 ${posts.p99.toFixed(1)} ms`)
  console.log(`GET /ticket/{id} p50 ${reads.p50.toFixed(1)} ms, p99 ${reads.p99.toFixed(1)} ms`)
  if (busy > 0) console.log(`${busy} requests were told to come again later (503)`)
}

function printMemory(uses: MemoryUse[]): void {
  console.log('\nmemory in MB, in the second fifth of the time and in the last')
  for (const { process, early, late } of uses)
    console.log(`  ${process.padEnd(12)} ${early.toFixed(0).padStart(5)} ${late.toFixed(0).padStart(5)}   ${(late / early).toFixed(2)}`)
}

function printStages(times: StageTime[]): void {
  console.log('\ntime in each state in ms, with all queues full')
  for (const { from, p50, p99 } of times)
    console.log(`  ${from.padEnd(14)} p50 ${p50.toFixed(0).padStart(6)}   p99 ${p99.toFixed(0).padStart(6)}`)
}

/** One conversion at a time in each replica, so that only more replicas can do more. */
async function growth(servers: Servers, { workMs, open }: LoadOptions): Promise<void> {
  console.log(`\nreplicas of a converter that takes ${workMs} ms for a ticket and does one at a time`)
  const rates: number[] = []
  for (const converters of REPLICAS) {
    const peer = await startOurs(servers, { converters, workMs })
    const tickets = Math.ceil((converters * 10_000) / workMs)
    const from = 1_000_000 * converters
    const { ticketsPerSecond } = await feed(peer, { redisUrl: servers.redisUrl, from, tickets, open }).finally(() => peer.stop())
    rates.push(ticketsPerSecond)
    const share = ticketsPerSecond / ((rates[0] ?? 1) * converters)
    console.log(`  ${converters}: ${ticketsPerSecond.toFixed(1)} tickets/s, ${share.toFixed(2)} of linear`)
  }
}

function telling(tickets: number): (done: number) => void {
  const every = Math.ceil(tickets / 10)
  return (done) => {
    if (done % every === 0 || done === tickets) console.log(`  ${done} of ${tickets} are through`)
  }
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === null) console.log(HELP)
  else await main(options)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
