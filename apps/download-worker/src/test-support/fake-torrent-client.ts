import { StageError } from '@torrentino/domain'
import type { Given, Remains, TorrentClient, TorrentFileStatus, TorrentProgress, TorrentSource } from '@torrentino/providers'

interface Held {
  source: TorrentSource
  folder: string
  wanted: Set<number>
  loaded: Set<number>
  paused: boolean
  removed: boolean
  demand?: Given
  seededSecs?: number
  stalled?: boolean
}

/** A torrent client without a swarm: the test says which files there are and when they have come. */
export interface FakeTorrentClient extends TorrentClient {
  /** The file list of a torrent is known from now on. */
  know(infoHash: string, paths: readonly string[], sizeOf?: (path: string) => number): void
  /** All that is wanted of the torrent comes, or of that what is named. */
  load(infoHash: string, paths?: readonly string[]): void
  /** Whoever waits for what is not there is told from now on that nothing moves. */
  stall(infoHash: string): void
  /** So much was given back of it so far. */
  give(infoHash: string, given: Given): void
  reachGoal(infoHash: string, ratio?: number): void
  held(infoHash: string): { wanted: string[]; paused: boolean; folder: string; demand?: Given; seededSecs?: number } | undefined
  readonly removals: { infoHash: string; deleteFiles: boolean; remains?: Remains }[]
  /** Paths asked for by each selection. */
  readonly selections: string[][]
}

export function createFakeTorrentClient(): FakeTorrentClient {
  const known = new Map<string, readonly string[]>()
  const sizes = new Map<string, (path: string) => number>()
  const torrents = new Map<string, Held>()
  const waiting = new Set<() => void>()
  const goalListeners = new Set<(infoHash: string, given: Given) => void>()
  const given = new Map<string, Given>()
  const removals: FakeTorrentClient['removals'] = []
  const selections: string[][] = []

  const changed = () => {
    for (const check of [...waiting]) check()
  }

  function find(infoHash: string): Held {
    const torrent = torrents.get(infoHash)
    if (!torrent) throw new StageError('retryable', 'torrent_unknown', 'not held')
    return torrent
  }

  function filesOf(infoHash: string): TorrentFileStatus[] | null {
    const { wanted, loaded } = find(infoHash)
    const paths = known.get(infoHash)
    return (
      paths?.map((path, index) => ({
        index,
        path,
        size_bytes: sizes.get(infoHash)?.(path) ?? 1000,
        progress_pct: loaded.has(index) ? 100 : 0,
        wanted: wanted.has(index),
      })) ?? null
    )
  }

  const isWhole = ({ wanted, loaded }: Held, indexes: Iterable<number> = wanted) =>
    wanted.size > 0 && [...indexes].every((index) => loaded.has(index))

  function progressOf(infoHash: string): TorrentProgress {
    const held = find(infoHash)
    const bytes = held.wanted.size * 1000
    return {
      ...{ infoHash, progressPct: isWhole(held) ? 100 : 0, downloadSpeedBps: 0, uploadSpeedBps: 0, etaSecs: null, peers: 0 },
      ...{ downloadedBytes: bytes, wantedBytes: bytes, uploadRatio: 0 },
      state: isWhole(held) ? 'seeding' : held.paused ? 'paused' : 'downloading',
    }
  }

  function until<T>(held: Held, signal: AbortSignal | undefined, test: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        waiting.delete(check)
        signal?.removeEventListener('abort', check)
        settle()
      }
      const check = () => {
        if (signal?.aborted) return end(() => reject(signal.reason))
        if (held.removed) return end(() => reject(new StageError('retryable', 'torrent_removed', 'removed')))
        try {
          const value = test()
          if (value !== undefined) end(() => resolve(value))
        } catch (error) {
          end(() => reject(error))
        }
      }
      waiting.add(check)
      signal?.addEventListener('abort', check, { once: true })
      check()
    })
  }

  return {
    removals,
    selections,
    know(infoHash, paths, sizeOf) {
      if (sizeOf) sizes.set(infoHash, sizeOf)
      known.set(infoHash, paths)
      changed()
    },
    load(infoHash, paths = known.get(infoHash) ?? []) {
      const torrent = find(infoHash)
      for (const index of torrent.wanted) if (paths.includes(known.get(infoHash)?.[index] ?? '')) torrent.loaded.add(index)
      changed()
    },
    give: (infoHash, back) => void given.set(infoHash, back),
    stall(infoHash) {
      find(infoHash).stalled = true
      changed()
    },
    reachGoal(infoHash, ratio = 1) {
      for (const listener of goalListeners) listener(infoHash, { ratio, secs: given.get(infoHash)?.secs ?? 0 })
    },
    held(infoHash) {
      const torrent = torrents.get(infoHash)
      const paths = known.get(infoHash) ?? []
      if (!torrent) return undefined
      const { paused, folder, demand, seededSecs } = torrent
      return { wanted: [...torrent.wanted].map((index) => paths[index] ?? ''), paused, folder, demand, seededSecs }
    },
    async addTorrent(source, folder, { demand, seededSecs } = {}) {
      const fresh = {
        ...{ source, folder, demand, seededSecs },
        wanted: new Set<number>(),
        loaded: new Set<number>(),
        paused: false,
        removed: false,
      }
      if (!torrents.has(source.infoHash)) torrents.set(source.infoHash, fresh)
      return source.infoHash
    },
    getFiles: async (infoHash) => filesOf(infoHash),
    async waitForFiles(infoHash, { signal }) {
      return until(find(infoHash), signal, () => filesOf(infoHash) ?? undefined)
    },
    async selectFiles(infoHash, indexes) {
      find(infoHash).wanted = new Set(indexes)
      selections.push(indexes.map((index) => known.get(infoHash)?.[index] ?? ''))
      changed()
    },
    async waitForCompletion(infoHash, { signal, indexes }) {
      const held = find(infoHash)
      return until(held, signal, () => {
        if (isWhole(held, indexes)) return progressOf(infoHash)
        if (held.stalled) throw new StageError('retryable', 'download_stalled', 'no data')
        return undefined
      })
    },
    getProgress: async (infoHash) => (torrents.has(infoHash) ? progressOf(infoHash) : null),
    async pause(infoHash, folder) {
      if (folder === undefined || torrents.has(infoHash)) find(infoHash).paused = true
    },
    async resume(infoHash) {
      find(infoHash).paused = false
    },
    async removeTorrent(infoHash, deleteFiles, remains) {
      const torrent = torrents.get(infoHash)
      torrents.delete(infoHash)
      removals.push({ infoHash, deleteFiles, remains })
      if (torrent) torrent.removed = true
      changed()
    },
    letGo(infoHash) {
      return this.removeTorrent(infoHash, false)
    },
    given: async () => new Map([...given].filter(([infoHash]) => torrents.has(infoHash))),
    onSeedingGoal(listener) {
      goalListeners.add(listener)
      return () => void goalListeners.delete(listener)
    },
    health: async () => ({ ok: true }),
    close: async () => {},
  }
}
