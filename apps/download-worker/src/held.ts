import type { Bus } from '@torrentino/bus'
import type { TorrentState } from '@torrentino/providers'
import type { Logger } from '@torrentino/runtime'
import type { StoredTorrent } from '@torrentino/store'
import type { OneByOne } from './one-by-one.js'
import type { Pins } from './pins.js'
import type { Home, Homes } from './pool/homes.js'
import type { ClientPool, Member } from './pool/pool.js'

/** The torrents whose lease this process has, each with the client it is in, once it is in one. */
export interface Held {
  has(infoHash: string): boolean
  memberOf(infoHash: string): Member | null
  take(infoHash: string): Promise<boolean>
  home(torrent: StoredTorrent, sizeBytes?: number): Promise<Home>
  /** The lease alone: the client knows nothing of it, or no more. */
  drop(infoHash: string): Promise<void>
  /** Client and lease; the files stay. */
  letGo(infoHash: string): Promise<void>
  /** What nobody waits for takes no part of the line from those who have a place. */
  rest(infoHash: string): Promise<void>
  /** The same of what a process held that died: a client that all share goes on without it. */
  restUnheld(torrent: Pick<StoredTorrent, 'infoHash' | 'client' | 'folder'>): Promise<void>
  close(): Promise<void>
}

interface HeldDeps {
  bus: Pick<Bus, 'leases'>
  pool: Pick<ClientPool, 'find'>
  homes: Homes
  pins: Pick<Pins, 'has'>
  exclusively: OneByOne
  /** This process. */
  owner: string
  leaseMs: number
  log: Logger
}

const RESTING = new Set<TorrentState>(['metadata', 'seeding', 'complete', 'error'])

export function createHeld({ bus, pool, homes, pins, exclusively, owner, leaseMs, log }: HeldDeps): Held {
  const held = new Map<string, Member | null>()
  const lease = (infoHash: string) => `torrent:${infoHash}`

  /** There may be very many that are seeded: one question for all. */
  async function keepAll(): Promise<void> {
    const all = [...held.keys()]
    if (all.length === 0) return
    const mine = await bus.leases.takeEach(all.map(lease), owner, leaseMs)
    await Promise.all(all.map((infoHash, at) => kept(infoHash, mine[at] === true)))
  }

  /** Whoever was silent for too long may have lost it to another, and must not write beside that one. */
  async function kept(infoHash: string, isMine: boolean): Promise<void> {
    // Given up meanwhile: nobody is to be kept from it.
    if (!held.has(infoHash)) return isMine ? bus.leases.release(lease(infoHash), owner) : undefined
    if (isMine) return
    log.warn('torrent lost to another worker', { info_hash: infoHash })
    const member = held.get(infoHash)
    held.delete(infoHash)
    await exclusively(infoHash, async () => {
      if (!held.has(infoHash)) await member?.client.letGo(infoHash)
    })
  }

  async function drop(infoHash: string): Promise<void> {
    held.delete(infoHash)
    await bus.leases.release(lease(infoHash), owner)
  }

  const renewal = setInterval(() => {
    keepAll().catch((error) => log.warn('torrent leases not renewed', { error }))
  }, leaseMs / 3)

  return {
    has: (infoHash) => held.has(infoHash),
    memberOf: (infoHash) => held.get(infoHash) ?? null,
    async take(infoHash) {
      if (!(await bus.leases.take(lease(infoHash), owner, 1, leaseMs))) return false
      held.set(infoHash, held.get(infoHash) ?? null)
      return true
    },
    async home(torrent, sizeBytes) {
      const found = await homes.of(torrent, sizeBytes)
      held.set(torrent.infoHash, found.member)
      return found
    },
    drop,
    async letGo(infoHash) {
      await held.get(infoHash)?.client.letGo(infoHash)
      await drop(infoHash)
    },
    rest: (infoHash) =>
      exclusively(infoHash, async () => {
        const member = held.get(infoHash)
        if (pins.has(infoHash) || !member) return
        const progress = await member.client.getProgress(infoHash)
        // Also what is being checked, or stands in the client's own line, would go on by itself.
        if (progress && !RESTING.has(progress.state)) await member.client.pause(infoHash)
      }),
    restUnheld: ({ infoHash, client, folder }) =>
      exclusively(infoHash, async () => {
        const member = pool.find(client)
        if (member?.engine !== 'qbittorrent' || held.has(infoHash) || pins.has(infoHash)) return
        if (!(await bus.leases.take(lease(infoHash), owner, 1, leaseMs))) return
        try {
          await member.client.pause(infoHash, folder)
        } finally {
          await bus.leases.release(lease(infoHash), owner)
        }
      }),
    async close() {
      clearInterval(renewal)
      await Promise.all([...held.keys()].map((infoHash) => drop(infoHash).catch(() => {})))
    },
  }
}
