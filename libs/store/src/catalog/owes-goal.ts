import type { StoredTorrent } from '../torrents.js'

type Owner = Pick<StoredTorrent, 'status' | 'completedAt' | 'ratio' | 'minRatio' | 'minSeedTimeSecs' | 'seededSecs'>

/** It was completed and has not given back yet what the settings or its indexer ask for. What was never completed owes nobody anything. */
export function owesGoal(torrent: Owner): boolean {
  return torrent.completedAt !== null && (torrent.status !== 'goal_met' || owesIndexer(torrent))
}

/** Whatever our own goal is: as much, and for as long, as the indexer demands. */
export function owesIndexer({ completedAt, ratio, minRatio, minSeedTimeSecs, seededSecs }: Owner): boolean {
  return completedAt !== null && (ratio < (minRatio ?? 0) || seededSecs < (minSeedTimeSecs ?? 0))
}
