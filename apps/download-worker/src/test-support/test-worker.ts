import { createHash, randomUUID } from 'node:crypto'
import { afterEach } from '@jest/globals'
import type { Bus } from '@torrentino/bus'
import type { TorrentClient } from '@torrentino/providers'
import type { Logger } from '@torrentino/runtime'
import type { Store, Torrents } from '@torrentino/store'
import { createHoldings, type Holdings } from '../holdings.js'
import type { CleanupPolicy } from '../may-go.js'
import { createHomes, type Homes } from '../pool/homes.js'
import type { ClientPool, Member } from '../pool/pool.js'
import { createFakeTorrentClient, type FakeTorrentClient } from './fake-torrent-client.js'

export const QUIET: Logger = { error() {}, warn() {}, info() {}, debug() {}, child: () => QUIET }

/** What all disks and the cache warmer's budget have left. */
export const LEFT = { space: Number.POSITIVE_INFINITY, room: Number.POSITIVE_INFINITY }

/** What one download process has in its hands. */
export interface TestWorker {
  owner: string
  /** The only one, where nothing else was said. */
  client: FakeTorrentClient
  homes: Homes
  holdings: Holdings
  stop(): Promise<void>
}

type Start = Partial<{
  policy: CleanupPolicy
  budgetBytes: number
  leaseMs: number
  lookMs: number
  client: FakeTorrentClient
  clients: Member[]
  torrents: Torrents
  bus: Pick<Bus, 'leases'>
}>

/** Makes download processes, as far as Redis and Postgres can tell; they are stopped after each test. */
export function useTestWorkers(store: Store, bus: Bus): (options?: Start) => TestWorker {
  const running: TestWorker[] = []
  afterEach(async () => {
    for (const worker of running.splice(0)) await worker.stop()
  })
  return (options = {}) => {
    const {
      policy = 'after_ratio',
      budgetBytes = 0,
      leaseMs = 5000,
      lookMs,
      client = createFakeTorrentClient(),
      bus: own = bus,
      torrents = store.torrents,
    } = options
    const owner = `worker-${randomUUID().slice(0, 8)}`
    const life = new AbortController()
    const pool = poolOf(options.clients ?? [fakeMember('default', client)])
    const homes = createHomes({ pool, torrents, leases: own.leases, leaseMs })
    const common = { torrents, catalog: store.catalog, budgetBytes, bus: own, pool, homes, owner, policy, leaseMs, log: QUIET }
    const holdings = createHoldings({ ...common, lookMs, signal: life.signal })
    const worker = {
      ...{ owner, client, homes, holdings },
      async stop() {
        life.abort()
        await holdings.close()
      },
    }
    running.push(worker)
    return worker
  }
}

export function fakeMember(name: string, client: TorrentClient, change: Partial<Member> = {}): Member {
  const take = async (_infoHash: string, bytes: number) => (bytes > LEFT.space ? 'no space' : null)
  const space = { take, note() {}, giveBack() {}, left: async () => 1e12 }
  const common = { name, engine: 'aria2' as const, downloadPath: '/downloads', maxDownloads: Number.POSITIVE_INFINITY }
  return { ...common, space, client, health: () => client.health(), ...change }
}

function poolOf(members: readonly Member[]): ClientPool {
  return {
    members,
    find: (name) => members.find((member) => member.name === name) ?? null,
    onClient: (listener) => members.forEach(listener),
    close: async () => {},
  }
}

export function newHash(): string {
  return createHash('sha1').update(randomUUID()).digest('hex')
}
