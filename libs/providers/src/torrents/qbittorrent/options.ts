import type { HttpClient } from '@torrentino/runtime'
import type { OnCall } from '../shared/told.js'

export interface QbittorrentOptions {
  /** Where the web interface is; a path before `/api` and a login of a proxy may be in it. */
  url: string
  /** Both empty where qBittorrent lets us in without. */
  username: string
  password: string
  /** Of everything we add; made when it is not there. */
  category: string
  /** What qBittorrent calls a folder, and what we call it. */
  pathMap: readonly PathPair[]
  /** Share ratio at which seeding ends; 0: it does not end by the ratio. */
  seedRatio: number
  /** Seconds of seeding at which it ends whatever the ratio; 0: it does not end by time. */
  seedSecs: number
  /** Name or address of the network interface that qBittorrent is to be bound to. */
  interface?: string
  http: Pick<HttpClient, 'get' | 'postForm'>
  log?: (line: string) => void
  onCall?: OnCall
  /** Between two looks; what has time (seeding goals, the network interface) is looked at every tenth. */
  tickMs?: number
}

export interface PathPair {
  theirs: string
  ours: string
}
