import { createHash, randomUUID } from 'node:crypto'
import { afterEach } from '@jest/globals'
import type { Bus } from '@torrentino/bus'
import type { Logger } from '@torrentino/runtime'
import type { Store } from '@torrentino/store'
import { createHoldings, type Holdings } from '../holdings.js'
import type { CleanupPolicy } from '../may-go.js'
import { createFakeTorrentClient, type FakeTorrentClient } from './fake-torrent-client.js'

export const QUIET: Logger = { error() {}, warn() {}, info() {}, debug() {}, child: () => QUIET }

/** What one download process has in its hands. */
export interface TestWorker {
  owner: string
  client: FakeTorrentClient
  holdings: Holdings
  stop(): Promise<void>
}

type Start = Partial<{ policy: CleanupPolicy; budgetBytes: number; leaseMs: number; client: FakeTorrentClient; bus: Pick<Bus, 'leases'> }>

/** Makes download processes, as far as Redis and Postgres can tell; they are stopped after each test. */
export function useTestWorkers(store: Store, bus: Bus): (options?: Start) => TestWorker {
  const running: TestWorker[] = []
  afterEach(async () => {
    for (const worker of running.splice(0)) await worker.stop()
  })
  return ({ policy = 'after_ratio', budgetBytes = 0, leaseMs = 5000, client = createFakeTorrentClient(), bus: own = bus } = {}) => {
    const owner = `worker-${randomUUID().slice(0, 8)}`
    const life = new AbortController()
    const common = { torrents: store.torrents, catalog: store.catalog, budgetBytes, bus: own, client, owner, policy, leaseMs, log: QUIET }
    const holdings = createHoldings({ ...common, signal: life.signal })
    const worker = {
      ...{ owner, client, holdings },
      async stop() {
        life.abort()
        await holdings.close()
      },
    }
    running.push(worker)
    return worker
  }
}

export function newHash(): string {
  return createHash('sha1').update(randomUUID()).digest('hex')
}
