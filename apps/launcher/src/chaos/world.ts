import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@torrentino/client'
import { makeSmallDisk, type SmallDisk, startTcpProxy, type TcpProxy } from '@torrentino/testkit'
import type { AppName } from '../apps.js'
import { QUICK_RECOVERY, startTestSystem, type TestSystem } from '../system-tests/support/test-system.js'
import type { Chronicle } from './chronicle.js'

/** A whole system, and all of its surroundings in our hands. */
export interface World {
  it: TestSystem
  chronicle: Chronicle
  /** Between all processes and the servers. */
  lines: { redis: TcpProxy; postgres: TcpProxy }
  /** Holds downloads, work and media; null where none can be made. */
  disk: SmallDisk | null
  /** One for each gateway. */
  clients: Client[]
  stop(): Promise<void>
}

export interface WorldOptions {
  scenes: number
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

export async function openWorld({ scenes, chronicle }: WorldOptions): Promise<World> {
  const disk = makeSmallDisk(DISK_BYTES)
  const folder = disk?.folder ?? (await mkdtemp(join(tmpdir(), 'torrentino-chaos-')))
  const root = join(folder, 'system')
  await mkdir(root)
  const proxies: TcpProxy[] = []
  const removeFolder = () => disk?.close() ?? rm(folder, { recursive: true, force: true })
  try {
    const it = await startTestSystem({
      root,
      scenes: ARTISTS.slice(0, scenes).map((artist, index) => ({
        artist,
        tracks: 2 + (index % 3),
        uploadLimit: UPLOAD_LIMITS[index % UPLOAD_LIMITS.length] || undefined,
        asked: { timeout_secs: 3, requests_per_minute: 6000 },
      })),
      replicas: replicasOfTwo(),
      env: SETTINGS,
      async reach({ database, redis }) {
        proxies.push(await startTcpProxy(redis), await startTcpProxy(database))
        return { redis: proxies[0]?.url ?? '', database: proxies[1]?.url ?? '' }
      },
      onLog: (line) => chronicle.log(line),
    })
    const [redis, postgres] = proxies
    if (!redis || !postgres) throw new Error('the lines to the servers are missing')
    for (const proxy of proxies) it.onStop(() => proxy.close())
    const clients = it.system.urls.gateways.map((url) => createClient({ baseUrl: new URL(url).origin, reconnectMs: 50, timeoutMs: 10_000 }))
    const stop = async () => {
      await it.stop()
      await removeFolder()
    }
    return { it, chronicle, lines: { redis, postgres }, disk, clients, stop }
  } catch (error) {
    for (const proxy of proxies) await proxy.close().catch(() => {})
    await removeFolder()
    throw error
  }
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
}
