import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Ticket } from '@torrentino/domain'

const STAGE = fileURLToPath(new URL('../../dist/search-stage.js', import.meta.url))

const PROGRAM = `
import { openBus } from '@torrentino/bus'
import { createIndexerEvents, politeSearchers } from '@torrentino/providers'
import { createHttpClient, createMetrics, loadConfig, silentLogger } from '@torrentino/runtime'
import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
const { createSearchStage } = await import(${JSON.stringify(STAGE)})
const { redisUrl, prefix, indexers, windowMs, tickets } = JSON.parse(process.argv[1])
const bus = openBus({ url: redisUrl, prefix, onError: () => {} })
await bus.ready()
const limits = { ...bus.limits, waitFor: (name, wanted) => bus.limits.waitFor(name, { ...wanted, windowMs }) }
const config = loadConfig({ AUTH_METHOD: 'none', DATABASE_URL: 'postgres://unused/x', REDIS_URL: redisUrl, MEDIA_ROOTS: '/media', SEARCHER_INDEXERS: JSON.stringify(indexers) })
const events = createIndexerEvents(silentLogger, createMetrics('test', { processMetrics: false }))
const searchers = politeSearchers(config, { http: createHttpClient(), state: { ...bus, limits }, events })
const stage = createSearchStage({ searchers, maxWaitMs: 60_000 })
const { signal } = new AbortController()
setMaxListeners(0, signal)
await Promise.all(tickets.map(async (ticket) => {
  for (;;) {
    const outcome = stage.decide(ticket, await stage.gather(ticket, { signal, now: () => new Date() }), new Date())
    if (outcome.kind !== 'wait') return process.stdout.write(outcome.type + ' ')
    await delay(outcome.ms)
  }
}))
process.exit(0)
`

export interface Searching {
  redisUrl: string
  prefix: string
  indexers: object[]
  /** In place of the minute that an indexer's limit is about. */
  windowMs: number
  tickets: Ticket[]
}

/** A search worker without its queue, in a process of its own: leads all tickets through their searches, and says how each ended. */
export async function searchInProcess(work: Searching): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => {
    said += text
  })
  await new Promise((resolve) => child.once('close', resolve))
  return said.trim().split(' ')
}
