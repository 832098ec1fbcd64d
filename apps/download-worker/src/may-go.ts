import { owesGoal, owesIndexer, type StoredTorrent } from '@torrentino/store'

export type CleanupPolicy = 'immediate' | 'after_ratio' | 'manual'

type Kept = Pick<StoredTorrent, 'completedAt' | 'status' | 'pinned' | 'ratio' | 'minRatio' | 'minSeedTimeSecs' | 'seededSecs'>

/**
 * What was never completed owes nobody anything. What was is kept as the policy says, and as its indexer demands whatever the
 * policy: `immediate` forgoes our own goal alone.
 */
export function mayGo(torrent: Kept, policy: CleanupPolicy): boolean {
  if (torrent.status === 'removed') return true
  if (torrent.pinned) return false
  if (torrent.completedAt === null) return true
  if (policy === 'immediate') return !owesIndexer(torrent)
  return policy === 'after_ratio' && !owesGoal(torrent)
}

/** Complete, and of use to tickets that are still to come. */
export function isCached({ status }: Pick<StoredTorrent, 'status'>): boolean {
  return status === 'goal_met'
}

/** It was complete, then a ticket wanted more of it; it owes its share all the same. */
export function isWidened({ completedAt, status }: Pick<StoredTorrent, 'completedAt' | 'status'>): boolean {
  return completedAt !== null && status === 'downloading'
}
