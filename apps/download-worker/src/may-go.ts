import { owesGoal, type StoredTorrent } from '@torrentino/store'

export type CleanupPolicy = 'immediate' | 'after_ratio' | 'manual'

type Kept = Pick<StoredTorrent, 'completedAt' | 'status' | 'pinned' | 'ratio' | 'minRatio' | 'minSeedTimeSecs'>

/** What was never completed owes nobody anything; what was is kept as the policy says. */
export function mayGo(torrent: Kept, policy: CleanupPolicy, now: Date): boolean {
  if (torrent.status === 'removed') return true
  if (torrent.pinned) return false
  if (torrent.completedAt === null || policy === 'immediate') return true
  return policy === 'after_ratio' && !owesGoal(torrent, now)
}

/** Complete, and of use to tickets that are still to come. */
export function isCached({ status }: Pick<StoredTorrent, 'status'>): boolean {
  return status === 'goal_met'
}

/** It was complete, then a ticket wanted more of it; it owes its share all the same. */
export function isWidened({ completedAt, status }: Pick<StoredTorrent, 'completedAt' | 'status'>): boolean {
  return completedAt !== null && status === 'downloading'
}
