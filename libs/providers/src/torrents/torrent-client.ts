/** At least one way to the metadata besides the hash: peers of the DHT alone are found only where discovery is on. */
export interface TorrentSource {
  infoHash: string
  magnetUri?: string
  torrentFile?: Uint8Array
}

export interface TorrentFileStatus {
  /** Counted from 0, in the order of the torrent. */
  index: number
  /** Relative to the torrent's folder; begins with the torrent's name. */
  path: string
  size_bytes: number
  progress_pct: number
  wanted: boolean
}

/**
 * metadata: the file list is still being fetched; checking: what lies on disk is being hashed; paused also before a selection;
 * seeding: the wanted files are there; complete: the seeding goal is reached, too.
 */
export type TorrentState = 'metadata' | 'checking' | 'downloading' | 'paused' | 'seeding' | 'complete' | 'error'

export interface TorrentProgress {
  infoHash: string
  state: TorrentState
  /** Of the wanted files. */
  progressPct: number
  downloadSpeedBps: number
  uploadSpeedBps: number
  etaSecs: number | null
  peers: number
  downloadedBytes: number
  wantedBytes: number
  uploadRatio: number
  error?: string
}

/** What was given back of a torrent: its share ratio, and how long it was seeded. */
export interface Given {
  ratio: number
  secs: number
}

export interface AddOptions {
  signal?: AbortSignal
  /** What it is for, shown to the people who look at the client, where it shows such a thing. */
  label?: string
  /** What the indexer demands to be given back, both of it, whatever our own goal is. The strictest of all that were told holds. */
  demand?: Given
  /** How long it was seeded before, as far as this client may not know it. */
  seededSecs?: number
}

export interface WaitForFilesOptions {
  signal?: AbortSignal
  timeoutMs: number
}

export interface WaitForCompletionOptions {
  signal?: AbortSignal
  /** Told about once a second. */
  onProgress?: (progress: TorrentProgress) => void
  /** How long a running transfer may stand still. */
  stallTimeoutMs: number
  /** Of the wanted files only these: the others may be somebody else's wish. */
  indexes?: readonly number[]
}

/** What is known of a torrent beside the client, which may have been restarted and not hold it any more. */
export interface Remains {
  folder: string
  /** Files of it that were wanted. */
  paths: readonly string[]
}

/** Each torrent has a folder of its own. Failures are StageErrors; an aborted call rejects with the signal's reason. */
export interface TorrentClient {
  /** Answers the info hash. What is there already is success, and what had failed is tried again. Nothing is fetched before `selectFiles`. */
  addTorrent(source: TorrentSource, folder: string, options?: AddOptions): Promise<string>
  /** null while the metadata is missing. */
  getFiles(infoHash: string): Promise<TorrentFileStatus[] | null>
  waitForFiles(infoHash: string, options: WaitForFilesOptions): Promise<TorrentFileStatus[]>
  /** Sets the wanted files and starts; a later call may widen or narrow them. */
  selectFiles(infoHash: string, indexes: readonly number[]): Promise<void>
  /** Until all wanted files are whole, or those that are named. A stalled transfer fails the wait and goes on; remove the torrent to end it. */
  waitForCompletion(infoHash: string, options: WaitForCompletionOptions): Promise<TorrentProgress>
  /** null when the torrent is not known. */
  getProgress(infoHash: string): Promise<TorrentProgress | null>
  /**
   * Holds, as soon as the client is there, should it be away now. What nobody holds here may run on all the same for a process that died,
   * in a client that several share: it is stopped where it lies in `folder`.
   */
  pause(infoHash: string, folder?: string): Promise<void>
  resume(infoHash: string): Promise<void>
  /**
   * Forgets the torrent, known or not. With `deleteFiles` what it wrote goes, too, and nothing else;
   * `remains` says what that may be where nobody holds it any more.
   */
  removeTorrent(infoHash: string, deleteFiles: boolean, remains?: Remains): Promise<void>
  /**
   * Another process takes the torrent up: its waits here end, and its files stay. An engine of our own stops with it;
   * a client that several processes share goes on, and whoever adds the torrent there finds it as it is.
   */
  letGo(infoHash: string): Promise<void>
  /** Of each torrent that is held and whole, as it stands now; one question for all. */
  given(): Promise<Map<string, Given>>
  /** Called when as much was given back as the seeding goal and the demand ask. Answers how to stop listening. */
  onSeedingGoal(listener: (infoHash: string, given: Given) => void): () => void
  health(): Promise<{ ok: boolean; message?: string; version?: string }>
  close(): Promise<void>
}
