import type { TorrentClient } from '../torrent-client.js'
import type { QbittorrentOptions } from './options.js'
import { QbittorrentClient } from './qbittorrent-client.js'

export type { QbittorrentOptions } from './options.js'

/** A client for a qBittorrent that somebody runs. Nothing is asked before it is used, so it may come up later than we. */
export function openQbittorrent(options: QbittorrentOptions): TorrentClient {
  return new QbittorrentClient(options)
}
