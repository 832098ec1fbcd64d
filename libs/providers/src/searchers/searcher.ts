import type { TorrentCandidate, TorrentFile } from '@torrentino/domain'
import type { HttpClient } from '@torrentino/runtime'
import type { IndexerGate } from './indexer-gate.js'

export interface SearchQuery {
  text: string
  artist?: string
  album?: string
  year?: number
}

export interface FoundFiles {
  infoHash: string
  infoHashV2?: string
  /** Empty where only a magnet could be had: the files are known once its metadata has come. */
  files: TorrentFile[]
  torrentFile?: Uint8Array
  magnetUri?: string
}

export interface SearchOptions {
  signal: AbortSignal
  /** Turned away for want of a place, the caller goes on without: none is kept for him. */
  once?: boolean
  /** Called where the answer was known already and nobody had to be asked. */
  onCached?(): void
  /** Hears of what kept the answer from being complete, such as failing indexers behind a server that asks many. */
  onPartial?(text: string): void
}

/** A place to look for torrents. Failures are StageErrors whose text may be shown to anybody. */
export interface TorrentSearcher {
  readonly name: string
  /** The longest it may take to answer. */
  readonly timeoutMs?: number
  search(query: SearchQuery, options: SearchOptions): Promise<TorrentCandidate[]>
  /** Hash and file list of a candidate of this searcher, without loading its content; null when it offers no way to them. */
  getFiles(candidate: TorrentCandidate, options: SearchOptions): Promise<FoundFiles | null>
}

export interface IndexerConfig {
  name: string
  url: string
  apiKey?: string
  timeoutMs: number
  categories?: number[]
  /** Its own limit, shared by all replicas; none where the indexer names none. */
  requestsPerMinute?: number
  /** Which of its indexers a Prowlarr server is to ask; all of torrents without. */
  ids?: number[]
  /** For how long a feed that cannot be searched is kept, however many searches go through it. */
  feedKeptMs?: number
}

export interface SearcherDeps {
  http: Pick<HttpClient, 'get'>
  gate: IndexerGate
  /** Milliseconds of a clock that only goes forward. */
  now?: () => number
}
