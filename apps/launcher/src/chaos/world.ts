import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@torrentino/client'
import { findProgram } from '@torrentino/runtime'
import { makeSmallDisk, type RunningQbittorrent, type SmallDisk, startQbittorrent, startTcpProxy, type TcpProxy } from '@torrentino/testkit'
import type { AppName } from '../apps.js'
import type { SceneOptions } from '../system-tests/support/scenes.js'
import { QUICK_RECOVERY, startTestSystem, type TestSystem } from '../system-tests/support/test-system.js'
import type { Chronicle } from './chronicle.js'
import { type Consumer, openConsumer } from './consumer.js'
import { openEngineLines } from './engine-lines.js'

/** A whole system, and all of its surroundings in our hands. */
export interface World {
  it: TestSystem
  chronicle: Chronicle
  /** Between all processes and the servers, by the servers' names; those to the torrent engines of our own are many. */
  lines: Record<string, TcpProxy[]>
  /** Loads for the system beside the engines of its own; null where it is left out. */
  qbittorrent: Restartable | null
  /** Holds downloads, work and media; null where none can be made. */
  disk: SmallDisk | null
  /** One for each gateway. */
  clients: Client[]
  /** Is told of everything. */
  consumer: Consumer
  stop(): Promise<void>
}

export interface Restartable {
  kill(): Promise<void>
  start(): Promise<void>
}

export interface WorldOptions {
  scenes: number
  /** Whether a real qBittorrent takes part. */
  qbittorrent: boolean
  chronicle: Chronicle
}

const WORKERS = ['search-worker', 'match-worker', 'download-worker', 'convert-worker', 'place-worker'] as const
const DISK_BYTES = 192 * 1024 * 1024
const ARTISTS = [
  ...['Amber Circuit', 'Birch Parade', 'Cobalt Harbour', 'Dune Orchestra', 'Elm and Ember', 'Fjord Lanterns'],
  ...['Granite Choir', 'Hollow Meadow', 'Iron Willow', 'Juniper State', 'Kelp Forest', 'Lunar Bakery'],
]
const UPLOAD_LIMITS = [0, 300_000, 0, 120_000]
export const MOST_SCENES = ARTISTS.length

export async function openWorld(options: WorldOptions): Promise<World> {
  const disk = makeSmallDisk(DISK_BYTES)
  const folder = disk?.folder ?? (await mkdtemp(join(tmpdir(), 'torrentino-chaos-')))
  const closing = [() => disk?.close() ?? rm(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close()
  }
  try {
    return { ...(await open(options, join(folder, 'system'), closing)), disk, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function open(options: WorldOptions, root: string, closing: (() => Promise<unknown>)[]): Promise<Omit<World, 'disk' | 'stop'>> {
  const lines: World['lines'] = {}
  const between = async (name: string, url: string) => {
    const line = await startTcpProxy(url)
    lines[name] = [line]
    closing.push(() => line.close())
    return line.url
  }
  await mkdir(root)
  const programs = await mkdtemp(join(tmpdir(), 'torrentino-chaos-programs-'))
  closing.push(() => rm(programs, { recursive: true, force: true }))
  const engines = await openEngineLines(programs, await findProgram('aria2c'))
  lines.aria2 = engines.lines
  closing.push(() => engines.close())
  const qbittorrent = options.qbittorrent ? await openQbittorrent(closing) : null
  const clientSettings = qbittorrent ? await settingsOf(qbittorrent, between) : {}
  const it = await startTestSystem({
    root,
    // What they remember must be right, also of a time when the disk was full.
    programs,
    scenes: ARTISTS.slice(0, options.scenes).map(sceneOf),
    replicas: replicasOfTwo(),
    env: { ...SETTINGS, ...clientSettings, TORRENT_ARIA2_PATH: engines.program },
    reach: async ({ database, redis }) => ({ redis: await between('redis', redis), database: await between('postgres', database) }),
    onLog: (line) => options.chronicle.log(line),
  })
  closing.push(() => it.stop())
  const clients = it.system.urls.gateways.map((url) => createClient({ baseUrl: new URL(url).origin, reconnectMs: 50, timeoutMs: 10_000 }))
  const consumer = await openConsumer()
  closing.push(() => consumer.close())
  await consumer.subscribe(it.client)
  return { it, chronicle: options.chronicle, lines, qbittorrent, clients, consumer }
}

function sceneOf(artist: string, index: number): Partial<SceneOptions> {
  return {
    artist,
    tracks: 2 + (index % 3),
    uploadLimit: UPLOAD_LIMITS[index % UPLOAD_LIMITS.length] || undefined,
    asked: { timeout_secs: 3, requests_per_minute: 6000 },
  }
}

async function openQbittorrent(closing: (() => Promise<unknown>)[]): Promise<Restartable & RunningQbittorrent> {
  const profile = await mkdtemp(join(tmpdir(), 'torrentino-chaos-qbittorrent-'))
  closing.push(() => rm(profile, { recursive: true, force: true }))
  let running = await startQbittorrent(profile)
  closing.push(() => running.stop())
  return {
    ...running,
    kill: () => running.kill(),
    async start() {
      running = await startQbittorrent(profile, running.port)
    },
  }
}

async function settingsOf(
  { url, username, password }: RunningQbittorrent,
  between: (name: string, url: string) => Promise<string>,
): Promise<Record<string, string>> {
  const box = { name: 'box', engine: 'qbittorrent', url: await between('qbittorrent', url), username, password }
  return { TORRENT_CLIENTS: JSON.stringify([{ name: 'own', engine: 'aria2' }, box]) }
}

function replicasOfTwo(): Partial<Record<AppName, number>> {
  return { gateway: 2, ...Object.fromEntries(WORKERS.map((worker) => [worker, 2])) }
}

/** Everything that waits in the real world waits for seconds here. */
const SETTINGS = {
  ...QUICK_RECOVERY,
  PROCESSING_MAX_PARALLEL_DOWNLOADS: '6',
  PROCESSING_RETRY_INITIAL_DELAY_SECS: '0.5',
  PROCESSING_RETRY_MAX_DELAY_SECS: '4',
  PROCESSING_SHUTDOWN_TIMEOUT_SECS: '5',
  DATABASE_POOL_SIZE: '5',
  SEARCHER_CACHE_SECS: '5',
  SEARCHER_MAX_WAIT_SECS: '5',
  // What no ticket needs any more is loaded anew for the next one.
  TORRENT_CLEANUP_POLICY: 'immediate',
  TORRENT_METADATA_TIMEOUT_SECS: '10',
  TORRENT_STALL_TIMEOUT_SECS: '20',
  CONVERTER_STALL_TIMEOUT_SECS: '3',
  MEDIA_TIMEOUT_SECS: '10',
  WEBHOOKS_ALLOW_PRIVATE: '127.0.0.1',
}
