import type { StageError } from '@torrentino/domain'
import type { Metainfo } from '../metainfo.js'
import type { Held } from '../shared/held-torrents.js'
import { NOTHING } from '../shared/seeding.js'
import type { Given, TorrentFileStatus, TorrentProgress, TorrentState } from '../torrent-client.js'
import type { Live } from './mirror.js'
import { phaseOf } from './phase.js'
import type { ClientFile } from './schema.js'

const INFINITE_ETA_SECS = 8_640_000
const INFINITE_RATIO = 9999

/** What we want of a torrent; how it stands is in the mirror. */
export interface HeldTorrent extends Held {
  meta: Metainfo | null
  /** Added by us just now: what qBittorrent wants of it is still everything. */
  fresh: boolean
  /** It was in the mirror; when it is not any more, somebody removed it. */
  seen: boolean
  missedLooks: number
  /** Until then a state of error is the one that was there before we tried again. */
  forgivenUntil: number
  /** Of what is wanted, when that could last be told. */
  share: number
  /** null before a selection. */
  wanted: ReadonlySet<number> | null
  pausedByUser: boolean
  /** All wanted files are whole, by the count of each file: the torrent's own state is late after each change of ours. */
  complete: boolean
  /** And they lie where we look for them. */
  ready: boolean
  /** Waits for some of the wanted files only. */
  parts: Set<Part>
  /** How much was there at the last look at those. */
  partsSeenAt: number
}

export interface Part {
  indexes: readonly number[]
  ready: boolean
}

export function holdTorrent(infoHash: string, folder: string): HeldTorrent {
  const failure: StageError | null = null
  const stages = { removed: false, failure, goalReached: false, goalTold: false, complete: false, ready: false }
  return {
    infoHash,
    folder,
    meta: null,
    fresh: false,
    demand: NOTHING,
    seen: false,
    missedLooks: 0,
    forgivenUntil: 0,
    share: 0,
    wanted: null,
    pausedByUser: false,
    parts: new Set(),
    partsSeenAt: -1,
    ...stages,
  }
}

/** qBittorrent leaves filler files out of its list and its counting. */
export function theirIndexes(meta: Metainfo): (number | undefined)[] {
  let next = 0
  return meta.files.map((file) => (file.padding ? undefined : next++))
}

export function fileStatuses(held: HeldTorrent, files: readonly ClientFile[]): TorrentFileStatus[] | null {
  if (!held.meta) return null
  const indexes = theirIndexes(held.meta)
  return held.meta.files.map(({ path, size_bytes }, index) => {
    const progress = files[indexes[index] ?? -1]?.progress ?? 1
    const share = size_bytes === 0 ? 1 : progress
    return { index, path, size_bytes, progress_pct: Math.floor(share * 1000) / 10, wanted: held.wanted?.has(index) ?? false }
  })
}

export function givenOf(live: Live | undefined): Given {
  const ratio = live?.ratio ?? 0
  return { ratio: ratio < 0 ? INFINITE_RATIO : ratio, secs: live?.seeding_time ?? 0 }
}

export function progressOf(held: HeldTorrent, live: Live | undefined): TorrentProgress {
  const files = held.meta?.files ?? []
  const wantedBytes = files.reduce((sum, file, index) => (held.wanted?.has(index) ? sum + file.size_bytes : sum), 0)
  const share = shareOf(held, live)
  return {
    infoHash: held.infoHash,
    state: stateOf(held, live),
    progressPct: held.meta ? Math.floor(share * 1000) / 10 : 0,
    downloadSpeedBps: live?.dlspeed ?? 0,
    uploadSpeedBps: live?.upspeed ?? 0,
    etaSecs: held.complete ? 0 : etaOf(live),
    peers: (live?.num_seeds ?? 0) + (live?.num_leechs ?? 0),
    downloadedBytes: Math.round(wantedBytes * share),
    wantedBytes,
    uploadRatio: givenOf(live).ratio,
    ...(held.failure ? { error: held.failure.message } : {}),
  }
}

export function stateOf(held: HeldTorrent, live: Live | undefined): TorrentState {
  if (held.failure) return 'error'
  if (!held.meta) return 'metadata'
  if (held.goalReached && held.complete) return 'complete'
  if (held.wanted === null || held.pausedByUser) return 'paused'
  const phase = phaseOf(live?.state)
  if (phase === 'checking') return 'checking'
  if (held.complete) return 'seeding'
  return phase === 'stopped' || phase === 'queued' ? 'paused' : 'downloading'
}

/** A state that says done without being confirmed is of the selection before; while it checks, qBittorrent counts what it has checked. */
export function shareOf(held: HeldTorrent, live: Live | undefined): number {
  if (held.complete) return 1
  const phase = phaseOf(live?.state)
  if (held.wanted === null || phase === 'done' || phase === 'checking') return held.share
  return Math.min(Math.max(live?.progress ?? 0, 0), 0.999)
}

function etaOf(live: Live | undefined): number | null {
  const eta = live?.eta ?? INFINITE_ETA_SECS
  return eta >= INFINITE_ETA_SECS || eta < 0 ? null : eta
}
