import { appendFileSync } from 'node:fs'
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@torrentino/client'
import type { StateName, TicketDetails } from '@torrentino/domain'
import { findProgram } from '@torrentino/runtime'
import { openStore, type Store } from '@torrentino/store'
import { createTestPostgres, createTestRedis, openSqlSession, type SqlSession, type TestRedis, type TestServer } from '@torrentino/testkit'
import { APP_NAMES, type AppName, mainOf } from '../../apps.js'
import type { LogLine } from '../../log-lines.js'
import { type System, startSystem } from '../../system.js'
import { type GuidedFfmpeg, makeGuidedFfmpeg } from './guided-ffmpeg.js'
import { makeRememberingFfprobe } from './remembering.js'
import { makeScene, type PostableTicket, type Scene, type SceneOptions } from './scenes.js'

/** The whole system as real processes, on servers that the test has in its hands. */
export interface TestSystem {
  system: System
  client: Client
  postgres: TestServer
  redis: TestRedis
  /** Looks into the database beside the product. */
  store: Store
  /** Asks the database, which may have been stopped in between. */
  sql: Pick<SqlSession, 'query'>
  scenes: Scene[]
  ffmpeg: GuidedFfmpeg
  /** Its path. */
  ffprobe: string
  folders: { root: string; media: string; work: string; downloads: string }
  post(ticket: PostableTicket): Promise<string>
  /** Waits for one of the states; a ticket that ends otherwise, or takes too long, fails the test with what is known of it. */
  until(ticketId: string, states: readonly StateName[], timeoutMs?: number): Promise<TicketDetails>
  completed(ticketId: string, timeoutMs?: number): Promise<TicketDetails>
  /** Called before the system is stopped. */
  onStop(close: () => Promise<unknown>): void
  stop(): Promise<void>
}

export interface TestSystemOptions {
  /** One scene each; the name is an artist's. */
  scenes: Partial<SceneOptions>[]
  env?: Record<string, string>
  replicas?: Partial<Record<AppName, number>>
  /** Made by the caller; by default a new one. It is removed at the end. */
  root?: string
  /** For the programs that stand in for others, and what they remember; by default within the root. */
  programs?: string
  /** By default a single server. */
  redis?(): Promise<TestRedis>
  /** Where the processes reach the servers; by default they do so directly. */
  reach?(servers: ServerUrls): Promise<ServerUrls & { databaseDirect?: string }>
  /** Hears each line that any of the processes writes. */
  onLog?(line: LogLine): void
}

export interface ServerUrls {
  database: string
  redis: string
}

/** Recovers quickly, so that a test of many crashes is not one of patience. */
export const QUICK_RECOVERY = {
  PROCESSING_LOCK_SECS: '2',
  PROCESSING_STALLED_CHECK_SECS: '0.5',
  PROCESSING_RESCUE_INTERVAL_SECS: '0.5',
  PROCESSING_RESCUE_AFTER_SECS: '2',
}

const ARTISTS = ['Amber Circuit', 'Birch Parade', 'Cobalt Harbour', 'Dune Orchestra', 'Elm and Ember', 'Fjord Lanterns', 'Granite Choir']
// From these nothing goes on by itself.
const STANDSTILL: StateName[] = ['search_failed', 'needs_approval']
const UNTIL_MS = 120_000
const LAST_LINES = 40

export async function startTestSystem(options: TestSystemOptions): Promise<TestSystem> {
  await requireBuild()
  const closing: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close()
  }
  try {
    return await start(options, closing, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(options: TestSystemOptions, closing: (() => Promise<unknown>)[], stop: () => Promise<void>): Promise<TestSystem> {
  const root = options.root ?? (await mkdtemp(join(tmpdir(), 'torrentino-system-')))
  closing.push(() => rm(root, { recursive: true, force: true }))
  const folders = { root, media: join(root, 'media'), work: join(root, 'work'), downloads: join(root, 'downloads') }
  await Promise.all([mkdir(folders.media), mkdir(folders.work)])
  const { programs = root } = options
  const realFfmpeg = await findProgram('ffmpeg')
  const ffmpeg = await makeGuidedFfmpeg(join(programs, 'ffmpeg'), folders.work, realFfmpeg)
  const ffprobe = await makeRememberingFfprobe(join(programs, 'ffprobe'), await findProgram('ffprobe'))

  const keep = async <T>(made: Promise<T>, close: (it: T) => Promise<unknown>) => {
    const it = await made
    closing.push(() => close(it))
    return it
  }
  const [postgres, redis, ...scenes] = await Promise.all([
    keep(createTestPostgres({ maxConnections: 300 }), (it) => it.drop()),
    keep((options.redis ?? createTestRedis)(), (it) => it.drop()),
    ...options.scenes.map((scene, index) =>
      keep(makeScene({ artist: ARTISTS[index] ?? '', parent: join(root, 'source'), ffmpeg: realFfmpeg, ...scene }), (it) => it.close()),
    ),
  ])
  const lines: string[] = []
  const direct = { database: postgres.url, redis: redis.url }
  const reached = { databaseDirect: '', ...((await options.reach?.(direct)) ?? direct) }
  const system = await keep(
    startSystem({
      dataFolder: root,
      replicas: options.replicas,
      env: {
        AUTH_METHOD: 'none',
        SERVER_HOST: '127.0.0.1',
        SERVER_PORT: '0',
        METRICS_PORT: '0',
        DATABASE_URL: reached.database,
        DATABASE_DIRECT_URL: reached.databaseDirect,
        REDIS_URL: reached.redis,
        MEDIA_ROOTS: folders.media,
        SEARCHER_INDEXERS: JSON.stringify(scenes.map((scene) => scene.indexer)),
        TORRENT_INTERFACE: '127.0.0.1',
        TORRENT_DHT: 'false',
        TORRENT_MIN_FREE_GB: '0',
        TORRENT_LISTEN_PORT: '0',
        CONVERTER_FFMPEG_PATH: ffmpeg.path,
        CONVERTER_FFPROBE_PATH: ffprobe,
        PROCESSING_MAX_PARALLEL_DOWNLOADS: '20',
        PROCESSING_RETRY_INITIAL_DELAY_SECS: '1',
        ...options.env,
      },
      pauses: { initialPauseMs: 50, maxPauseMs: 200 },
      onLog: (line) => {
        noteLine(lines, line)
        options.onLog?.(line)
      },
    }),
    (it) => it.stop(),
  )
  const client = createClient({ baseUrl: new URL(system.urls.api).origin, reconnectMs: 50 })
  const store = await keep(Promise.resolve(openStore({ url: postgres.url, poolSize: 4, onError: () => {} })), (it) => it.close())
  const sql: TestSystem['sql'] = {
    async query(text, values) {
      const session = await openSqlSession(postgres.url)
      return session.query<never>(text, values).finally(session.close)
    },
  }

  async function until(ticketId: string, states: readonly StateName[], timeoutMs = UNTIL_MS): Promise<TicketDetails> {
    const ticket = await client
      .waitForTicket(ticketId, { until: [...states, ...STANDSTILL], signal: AbortSignal.timeout(timeoutMs) })
      .catch(async (error) => {
        throw new Error(`ticket ${ticketId} did not come to ${states}: ${error}\n${await known(ticketId)}`)
      })
    const been = ticket.history.some((entry) => states.includes(entry.to))
    if (!been) throw new Error(`ticket ${ticketId} went to ${ticket.state}, not to ${states}\n${await known(ticketId)}`)
    return ticket
  }

  async function known(ticketId: string): Promise<string> {
    const ticket = await store.tickets.find(ticketId)
    const history = await store.steps.history(ticketId)
    const steps = history.map((entry) => `  ${entry.version} ${entry.to} ${entry.at} ${entry.reason ?? ''}`)
    const { stage, attempts, crashes, lastError } = ticket ?? {}
    return [JSON.stringify({ stage, attempts, crashes, lastError }), ...steps, ...lines].join('\n')
  }

  return {
    ...{ system, client, postgres, redis, store, sql, scenes, ffmpeg, ffprobe, folders, until, stop },
    onStop: (close) => closing.push(close),
    post: async (ticket) => (await client.createTicket(ticket)).ticket_id,
    completed: (ticketId, timeoutMs) => until(ticketId, ['completed'], timeoutMs),
  }
}

/** The last trouble, for the message of a failed test; all lines go to SYSTEM_TEST_LOG, for whoever looks for its cause. */
function noteLine(troubles: string[], { process: name, level, msg, fields }: LogLine): void {
  const text = `${name} ${level}: ${msg} ${JSON.stringify(fields).slice(0, 300)}`
  if (process.env.SYSTEM_TEST_LOG) appendFileSync(process.env.SYSTEM_TEST_LOG, `${new Date().toISOString()} ${text}\n`)
  if (level === 'warn' || level === 'error') troubles.push(text)
  if (troubles.length > LAST_LINES) troubles.shift()
}

/** The processes run as they are compiled. */
async function requireBuild(): Promise<void> {
  for (const app of APP_NAMES)
    await access(mainOf(app)).catch(() => {
      throw new Error(`${mainOf(app)} is missing: run "npm run build" first (npm test does)`)
    })
}
