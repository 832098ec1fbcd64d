import { StageError, type Ticket, type TorrentCandidate, type TrackMapping } from '@torrentino/domain'
import { getFilesOf, type TorrentSearcher, type TorrentSource } from '@torrentino/providers'
import type { Candidates, Torrents } from '@torrentino/store'

export interface Source extends TorrentSource {
  name: string
  /** Who offered it, and what is demanded there of those who load it. */
  indexer?: string
  minRatio?: number
  minSeedTimeSecs?: number
  mapping: TrackMapping[]
  /** As it was offered; 0: not known. */
  sizeBytes: number
}

export interface SourceDeps {
  candidates: Pick<Candidates, 'find'>
  torrents: Pick<Torrents, 'find' | 'torrentFile'>
  searchers: TorrentSearcher[]
}

/** Where the content comes from: a forced magnet, or the selected candidate's .torrent or magnet. */
export async function findSource(ticket: Ticket, deps: SourceDeps, signal: AbortSignal): Promise<Source> {
  const { work } = ticket
  if (work.magnet_uri !== undefined && work.download)
    return { infoHash: work.download.info_hash, magnetUri: work.magnet_uri, name: work.download.info_hash, mapping: [], sizeBytes: 0 }
  const candidate = await deps.candidates.find(ticket.id, work.candidates_version ?? 0, work.selected_idx ?? 0)
  if (!candidate) throw new StageError('permanent', 'no_candidate', 'the selected candidate is not known any more; use force-search')
  const { torrent, trackMapping: mapping } = candidate
  const common = { name: torrent.title, mapping, sizeBytes: torrent.size_bytes, ...(work.from_catalog ? {} : offerOf(torrent)) }
  // Once the download has begun it stays with the torrent that was found then.
  const infoHash = ticket.state.name === 'downloading' ? work.download?.info_hash : torrent.info_hash
  const known = infoHash === undefined ? null : await deps.torrents.find(infoHash)
  const torrentFile = known && (await deps.torrents.torrentFile(known.infoHash))
  if (known && (torrentFile || known.magnetUri))
    return { infoHash: known.infoHash, magnetUri: known.magnetUri ?? undefined, torrentFile: torrentFile ?? undefined, ...common }
  const found = await getFilesOf(deps.searchers, torrent, { signal })
  if (!found) throw new StageError('permanent', 'no_download_source', `${torrent.indexer} offers no way to load this torrent`)
  return {
    infoHash: found.infoHash,
    // Private trackers write torrents anew for each user: the announced magnet may be of another one.
    magnetUri: found.magnetUri ?? (found.infoHash === torrent.info_hash ? torrent.magnet_uri : undefined),
    torrentFile: found.torrentFile,
    ...common,
  }
}

function offerOf({ indexer, min_ratio, min_seed_time_secs }: TorrentCandidate) {
  return { indexer, minRatio: min_ratio, minSeedTimeSecs: min_seed_time_secs }
}
