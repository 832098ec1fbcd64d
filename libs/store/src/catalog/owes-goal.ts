import type { StoredTorrent } from '../torrents.js'

type Owner = Pick<StoredTorrent, 'status' | 'completedAt' | 'ratio' | 'minRatio' | 'minSeedTimeSecs'>

/** It was completed and has not given back yet what the settings or its indexer ask for. What was never completed owes nobody anything. */
export function owesGoal({ status, completedAt, ratio, minRatio, minSeedTimeSecs }: Owner, now: Date): boolean {
  if (completedAt === null) return false
  if (status !== 'goal_met' || ratio < (minRatio ?? 0)) return true
  return minSeedTimeSecs !== null && completedAt.getTime() + minSeedTimeSecs * 1000 > now.getTime()
}
