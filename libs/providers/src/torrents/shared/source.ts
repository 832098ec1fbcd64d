import { normaliseInfoHash, StageError } from '@torrentino/domain'
import { parseMagnet } from '../magnet.js'
import type { TorrentSource } from '../torrent-client.js'
import { readMetadata, type TorrentMetadata } from './metadata-store.js'

export interface ReadSource {
  infoHash: string
  trackers: string[]
  metadata: TorrentMetadata | null
}

/** Whatever is given must be of one and the same torrent. */
export function readSource(source: TorrentSource): ReadSource {
  const infoHash = normaliseInfoHash(source.infoHash)
  if (!infoHash) throw new StageError('permanent', 'torrent_invalid', 'The info hash of the torrent is malformed.')
  const magnet = source.magnetUri === undefined ? null : parseMagnet(source.magnetUri)
  if (magnet && magnet.infoHash !== infoHash) {
    throw new StageError(
      'permanent',
      'torrent_hash_mismatch',
      `The magnet link is of ${magnet.infoHash}, not of ${infoHash}. Choose another release.`,
    )
  }
  const metadata = source.torrentFile ? readMetadata(source.torrentFile, infoHash) : null
  return { infoHash, trackers: magnet?.trackers ?? [], metadata }
}
