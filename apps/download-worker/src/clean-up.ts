import type { Remains } from '@torrentino/providers'
import type { Logger } from '@torrentino/runtime'
import type { Catalog, StoredTorrent, Torrents } from '@torrentino/store'
import type { Held } from './held.js'
import { type CleanupPolicy, isCached, mayGo } from './may-go.js'
import type { OneByOne } from './one-by-one.js'
import type { Pins } from './pins.js'
import type { Homes } from './pool/homes.js'
import type { Seeders } from './seed-again.js'

export interface CleanUp {
  /** Takes it away where nobody needs it. `chosen`: it is its turn to make room. */
  review(infoHash: string, chosen?: boolean): Promise<void>
  /** Which are to be looked at in a round; not each torrent that is kept, of which there may be very many. */
  toReview(): Promise<string[]>
}

interface CleanUpDeps {
  held: Held
  pins: Pins
  seeders: Seeders
  exclusively: OneByOne
  homes: Homes
  torrents: Torrents
  catalog: Pick<Catalog, 'cleanupCandidates' | 'bytesHeld' | 'files'>
  policy: CleanupPolicy
  budgetBytes: number
  isAway(client: string | null): boolean
  log: Logger
}

/** More are never taken. */
const MAX_FILES = 20_000

export function createCleanUp(deps: CleanUpDeps): CleanUp {
  const { held, pins, seeders, exclusively, homes, torrents, catalog, policy, budgetBytes, isAway, log } = deps

  async function unneeded(infoHash: string, chosen: boolean): Promise<StoredTorrent | null> {
    if (await torrents.isUsed(infoHash)) return null
    const torrent = await torrents.find(infoHash)
    if (!torrent || !mayGo(torrent, policy) || isAway(torrent.client)) return null
    if (!chosen && policy === 'after_ratio' && budgetBytes > 0 && isCached(torrent)) return null
    return pins.reviewLater(infoHash) ? null : torrent
  }

  /** From now on no ticket may count on it; one that came to do so just before keeps it. */
  async function retired({ infoHash, status }: StoredTorrent): Promise<boolean> {
    await torrents.update(infoHash, { status: 'removed' })
    if (!(await torrents.isUsed(infoHash))) return true
    await torrents.update(infoHash, { status })
    return false
  }

  /** Also of files that somebody wanted only for a while. */
  async function remainsOf({ infoHash, folder, wanted }: StoredTorrent): Promise<Remains> {
    const known = await catalog.files(infoHash, 0, MAX_FILES)
    return { folder, paths: [...new Set([...wanted, ...known.map(({ filePath }) => filePath)])] }
  }

  return {
    review: (infoHash, chosen = false) =>
      exclusively(infoHash, async () => {
        await seeders.giveUpRest(infoHash)
        const before = await unneeded(infoHash, chosen)
        if (!before) return
        const wasHeld = held.has(infoHash)
        if (!(await held.take(infoHash))) return
        // Another may have come to need it, or have cleaned it up, before we had it.
        if (!(await unneeded(infoHash, chosen)) || !(await retired(before))) {
          if (!wasHeld && !pins.has(infoHash)) await held.drop(infoHash)
          return
        }
        const { member } = await homes.of(before)
        await member.client.removeTorrent(infoHash, true, await remainsOf(before))
        await torrents.remove(infoHash)
        await held.drop(infoHash)
        log.info('torrent cleaned up', { info_hash: infoHash })
      }),
    async toReview() {
      const undone = [...(await torrents.withStatus('downloading')), ...(await torrents.withStatus('removed'))]
      if (policy === 'immediate') return [...undone, ...(await torrents.withStatus('seeding')), ...(await torrents.withStatus('goal_met'))]
      if (policy === 'manual') return undone
      const bytesToFree = budgetBytes > 0 ? (await catalog.bytesHeld()) - budgetBytes : Number.POSITIVE_INFINITY
      return [...undone, ...(await catalog.cleanupCandidates(bytesToFree)).map(({ infoHash }) => infoHash)]
    },
  }
}
