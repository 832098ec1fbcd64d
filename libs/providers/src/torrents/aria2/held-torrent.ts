import type { Metainfo } from '../metainfo.js'
import type { Held } from '../shared/held-torrents.js'
import type { TorrentFileStatus, TorrentProgress, TorrentState } from '../torrent-client.js'
import type { Status } from './schema.js'

/** What we want of a torrent and what aria2 last said of it. Outlives any run of aria2c. */
export interface HeldTorrent extends Held {
  trackers: string[]
  metadata: { torrent: Uint8Array; meta: Metainfo } | null
  /** null before a selection. */
  wanted: ReadonlySet<number> | null
  pausedByUser: boolean

  /** Which run of aria2c the next three belong to. */
  run: number
  gid: string | null
  started: boolean
  appliedSelection: string

  /** All wanted pieces were seen on disk. */
  complete: boolean
  last: Status | null
  pieces: Uint8Array
}

export function holdTorrent(infoHash: string, folder: string, trackers: string[]): HeldTorrent {
  return {
    infoHash,
    folder,
    trackers,
    metadata: null,
    wanted: null,
    pausedByUser: false,
    run: 0,
    gid: null,
    started: false,
    appliedSelection: '',
    complete: false,
    goalReached: false,
    goalTold: false,
    removed: false,
    failure: null,
    last: null,
    pieces: new Uint8Array(),
  }
}

export function absorb(held: HeldTorrent, status: Status): void {
  // A torrent that is not running has no lengths; the last ones stay true.
  const { totalLength, completedLength, uploadLength } = status.totalLength === 0 && held.last ? held.last : status
  held.last = { ...status, totalLength, completedLength, uploadLength, bitfield: undefined }
  if (status.bitfield && held.metadata) held.pieces = Buffer.from(status.bitfield, 'hex')
}

export function fileStatuses(held: HeldTorrent): TorrentFileStatus[] | null {
  if (!held.metadata) return null
  const spans = pieceSpans(held)
  return held.metadata.meta.files.map(({ path, size_bytes }, index) => ({
    index,
    path,
    size_bytes,
    progress_pct: spanProgress(held.pieces, spans[index] ?? [0, -1]),
    wanted: held.wanted?.has(index) ?? false,
  }))
}

/** True when every piece that a wanted file touches is there. */
export function hasWantedPieces(held: HeldTorrent): boolean {
  const spans = held.metadata ? pieceSpans(held) : []
  return held.wanted !== null && [...held.wanted].every((index) => spanProgress(held.pieces, spans[index] ?? [0, -1]) === 100)
}

export function progressOf(held: HeldTorrent): TorrentProgress {
  const { last, metadata } = held
  const files = metadata?.meta.files ?? []
  const wantedBytes = files.reduce((sum, file, index) => (held.wanted?.has(index) ? sum + file.size_bytes : sum), 0)
  // aria2 counts whole pieces of the selection; as a share it is right for the files, too.
  const share = held.complete ? 1 : last && last.totalLength > 0 ? Math.min(last.completedLength / last.totalLength, 1) : 0
  const left = wantedBytes * (1 - share)
  const speed = last?.downloadSpeed ?? 0
  return {
    infoHash: held.infoHash,
    state: stateOf(held),
    progressPct: metadata ? Math.round(share * 1000) / 10 : 0,
    downloadSpeedBps: speed,
    uploadSpeedBps: last?.uploadSpeed ?? 0,
    etaSecs: held.complete ? 0 : metadata && speed > 0 ? Math.ceil(left / speed) : null,
    peers: last?.connections ?? 0,
    downloadedBytes: Math.round(wantedBytes * share),
    wantedBytes,
    totalBytes: metadata?.meta.totalBytes ?? 0,
    uploadRatio: last && last.completedLength > 0 ? last.uploadLength / last.completedLength : 0,
    ...(held.failure ? { error: held.failure.message } : {}),
  }
}

export function stateOf(held: HeldTorrent): TorrentState {
  if (held.failure) return 'error'
  if (!held.metadata) return 'metadata'
  if (held.goalReached) return 'complete'
  if (held.wanted === null || held.pausedByUser) return 'paused'
  if (isChecking(held.last)) return 'checking'
  return held.complete ? 'seeding' : 'downloading'
}

export function isChecking(status: Status | null): boolean {
  return status?.verifiedLength !== undefined || status?.verifyIntegrityPending !== undefined
}

function pieceSpans({ metadata }: HeldTorrent): [first: number, last: number][] {
  if (!metadata) return []
  const { files, pieceLength } = metadata.meta
  let offset = 0
  return files.map(({ size_bytes }) => {
    const start = offset
    offset += size_bytes
    return size_bytes === 0 ? [0, -1] : [Math.floor(start / pieceLength), Math.floor((offset - 1) / pieceLength)]
  })
}

/** Of the pieces that a file touches; only whole pieces count, because only those were verified. */
function spanProgress(pieces: Uint8Array, [first, last]: readonly [number, number]): number {
  if (last < first) return 100
  let there = 0
  for (let piece = first; piece <= last; piece++) {
    if (((pieces[piece >> 3] ?? 0) >> (7 - (piece & 7))) & 1) there++
  }
  return Math.floor((there / (last - first + 1)) * 1000) / 10
}
