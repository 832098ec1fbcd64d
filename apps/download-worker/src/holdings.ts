import type { Bus, Hint } from '@torrentino/bus'
import type { TorrentClient } from '@torrentino/providers'
import type { Logger } from '@torrentino/runtime'
import type { StoredTorrent, Torrents } from '@torrentino/store'

export type CleanupPolicy = 'immediate' | 'after_ratio' | 'manual'

export interface HoldingsDeps {
  torrents: Torrents
  bus: Pick<Bus, 'leases' | 'publish'>
  client: TorrentClient
  /** This process, as the owner of what it holds. */
  owner: string
  policy: CleanupPolicy
  /** How long a process may be silent before another takes its torrents. */
  leaseMs: number
  log: Logger
}

/**
 * The torrents that this process has in its client. Only the holder of a torrent's lease touches its files;
 * the lease of a process that died ends by itself, and another takes the torrent up.
 */
export interface Holdings {
  /** True when this process holds the torrent now. */
  take(infoHash: string): Promise<boolean>
  /** A ticket works on it: it is not given away or cleaned up meanwhile. */
  pin(infoHash: string): () => void
  onHint(hint: Hint): void
  close(): Promise<void>
}

const LOOK_MS = 30_000

export function createHoldings(deps: HoldingsDeps): Holdings {
  const { torrents, bus, client, owner, policy, leaseMs, log } = deps
  const held = new Set<string>()
  const pins = new Map<string, number>()
  /** Could not be looked at while a ticket was at work on them. */
  const toReview = new Set<string>()
  const lease = (infoHash: string) => `torrent:${infoHash}`

  async function take(infoHash: string): Promise<boolean> {
    if (!(await bus.leases.take(lease(infoHash), owner, 1, leaseMs))) return false
    held.add(infoHash)
    return true
  }

  /** Whoever was silent for too long may have lost it to another, and must not write beside that one. */
  async function keep(infoHash: string): Promise<void> {
    if (await take(infoHash)) return
    log.warn('torrent lost to another worker', { info_hash: infoHash })
    held.delete(infoHash)
    await client.removeTorrent(infoHash, false)
  }

  async function letGo(infoHash: string): Promise<void> {
    await client.removeTorrent(infoHash, false)
    held.delete(infoHash)
    await bus.leases.release(lease(infoHash), owner)
  }

  async function review(infoHash: string): Promise<void> {
    if (pins.has(infoHash)) {
      toReview.add(infoHash)
      return
    }
    const torrent = await torrents.find(infoHash)
    if (!torrent || (await torrents.isUsed(infoHash)) || !mayGo(torrent, policy) || !(await take(infoHash))) return
    await client.removeTorrent(infoHash, true, torrent.folder)
    await torrents.remove(infoHash)
    held.delete(infoHash)
    await bus.leases.release(lease(infoHash), owner)
    log.info('torrent cleaned up', { info_hash: infoHash })
  }

  async function seed(torrent: StoredTorrent): Promise<void> {
    const { infoHash, magnetUri, torrentFile, folder, wanted } = torrent
    if (held.has(infoHash) || !(await take(infoHash))) return
    await client.addTorrent({ infoHash, magnetUri: magnetUri ?? undefined, torrentFile: torrentFile ?? undefined }, folder)
    const files = await client.waitForFiles(infoHash, { timeoutMs: 60_000 })
    await client.selectFiles(
      infoHash,
      files.filter((file) => wanted.includes(file.path)).map((file) => file.index),
    )
  }

  /** Seeds again what nobody seeds, and cleans up what nobody needs. */
  async function lookAround(): Promise<void> {
    for (const torrent of await torrents.withStatus('seeding')) {
      await seed(torrent).catch((error) => log.warn('torrent not seeded', { info_hash: torrent.infoHash, error }))
      await review(torrent.infoHash)
    }
    for (const status of ['downloading', 'goal_met'] as const)
      for (const torrent of await torrents.withStatus(status)) await review(torrent.infoHash)
  }

  function soon(what: string, job: () => Promise<void>): void {
    void job().catch((error) => log.warn(what, { error }))
  }

  const renewal = setInterval(() => {
    for (const infoHash of held) soon('torrent lease not renewed', () => keep(infoHash))
  }, leaseMs / 3)
  const round = setInterval(() => soon('look around failed', lookAround), LOOK_MS)
  soon('look around failed', lookAround)
  const stopListening = client.onSeedingGoal((infoHash, ratio) =>
    soon('seeding goal not noted', async () => {
      await torrents.update(infoHash, { status: 'goal_met', ratio, goalMetAt: new Date() })
      await review(infoHash)
    }),
  )

  return {
    take,
    pin(infoHash) {
      pins.set(infoHash, (pins.get(infoHash) ?? 0) + 1)
      return () => {
        const left = (pins.get(infoHash) ?? 1) - 1
        if (left > 0) {
          pins.set(infoHash, left)
          return
        }
        pins.delete(infoHash)
        if (toReview.delete(infoHash)) soon('review failed', () => review(infoHash))
      }
    },
    onHint(hint) {
      if (hint.kind === 'review_torrent') soon('review failed', () => review(hint.infoHash))
      else if (held.has(hint.infoHash) && !pins.has(hint.infoHash)) soon('torrent not let go', () => letGo(hint.infoHash))
    },
    async close() {
      clearInterval(renewal)
      clearInterval(round)
      stopListening()
      await Promise.all([...held].map((infoHash) => bus.leases.release(lease(infoHash), owner).catch(() => {})))
    },
  }
}

/** What was not completed owes nobody anything; what was is kept as the policy says. */
export function mayGo(torrent: Pick<StoredTorrent, 'completedAt' | 'status'>, policy: CleanupPolicy): boolean {
  if (torrent.completedAt === null) return true
  if (policy === 'immediate') return true
  return policy === 'after_ratio' && torrent.status === 'goal_met'
}
