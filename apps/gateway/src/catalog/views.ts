import type { CatalogTorrentDetails, CatalogTorrentView } from '@torrentino/domain'
import { type CatalogFile, type CatalogTorrent, owesGoal } from '@torrentino/store'

export function torrentView(torrent: CatalogTorrent): CatalogTorrentView {
  return {
    info_hash: torrent.infoHash,
    title: torrent.name,
    indexer: torrent.indexer,
    client: torrent.client,
    status: torrent.status,
    size_bytes: torrent.sizeBytes,
    ratio: torrent.ratio,
    min_ratio: torrent.minRatio,
    min_seed_time_secs: torrent.minSeedTimeSecs,
    seeded_secs: torrent.seededSecs,
    owes_goal: owesGoal(torrent),
    pinned: torrent.pinned,
    uses: torrent.uses,
    added_at: torrent.addedAt.toISOString(),
    last_accessed_at: torrent.lastAccessed.toISOString(),
    completed_at: torrent.completedAt?.toISOString() ?? null,
    goal_met_at: torrent.goalMetAt?.toISOString() ?? null,
  }
}

export function fileView(file: CatalogFile): CatalogTorrentDetails['files'][number] {
  return {
    index: file.fileIdx,
    path: file.filePath,
    size_bytes: file.sizeBytes,
    artist: file.artist,
    album: file.album,
    track_name: file.trackName,
    duration_secs: file.durationSecs,
    catalog_track_id: file.catalogTrackId,
  }
}
