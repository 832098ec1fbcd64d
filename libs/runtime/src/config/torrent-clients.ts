import type { Secret } from '../secret.js'
import type { Config } from './schema.js'
import type { Engine, PathPair } from './sections/torrent-client.js'

/** One torrent client, with all that holds for it. */
export interface TorrentClientSettings {
  name: string
  engine: Engine
  /** Only of a qbittorrent. */
  url: Secret | undefined
  username: string
  password: Secret | undefined
  category: string
  pathMap: readonly PathPair[]
  downloadPath: string
  interface: string | undefined
  listenPort: string
  minFreeBytes: number
  /** Infinite where it is not bounded. */
  maxDownloads: number
}

/** The one of the short form. */
const ONLY = 'default'

/** The clients of torrent.clients; without any, the one that torrent.engine and the settings beside it make. */
export function torrentClients({ torrent, qbittorrent }: Pick<Config, 'torrent' | 'qbittorrent'>): TorrentClientSettings[] {
  const entries = torrent.clients.length > 0 ? torrent.clients : [{ ...NOTHING_OWN, ...qbittorrent, name: ONLY, engine: torrent.engine }]
  return entries.map((entry) => ({
    ...{ name: entry.name, engine: entry.engine, url: entry.url, username: entry.username, password: entry.password },
    ...{ category: entry.category, pathMap: entry.path_map },
    ...ownOrCommon(entry, torrent),
  }))
}

type Own = Partial<
  Pick<Config['torrent']['clients'][number], 'download_path' | 'interface' | 'listen_port' | 'min_free_gb' | 'max_downloads'>
>

const NOTHING_OWN: Own = {}

function ownOrCommon(own: Own, torrent: Config['torrent']) {
  const throughInterface = own.interface ?? torrent.interface
  return {
    downloadPath: own.download_path ?? torrent.download_path,
    interface: throughInterface === '' ? undefined : throughInterface,
    listenPort: own.listen_port ?? torrent.listen_port,
    minFreeBytes: (own.min_free_gb ?? torrent.min_free_gb) * 1e9,
    maxDownloads: own.max_downloads ?? Number.POSITIVE_INFINITY,
  }
}
