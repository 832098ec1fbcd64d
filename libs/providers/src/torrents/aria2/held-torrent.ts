import type { Metainfo } from '../metainfo.js'
import type { Held } from '../shared/held-torrents.js'
import { NOTHING, type SeedGoal } from '../shared/seeding.js'
import type { Given, TorrentFileStatus, TorrentProgress, TorrentState } from '../torrent-client.js'
import type { Status } from './schema.js'

/** What we want of a torrent and what aria2 last said of it. Outlives any run of aria2c. */
export interface HeldTorrent extends Held {
  trackers: string[]
  metadata: { torrent: Uint8Array; meta: Metainfo } | null
  /** null before a selection. */
  wanted: ReadonlySet<number> | null
  pausedByUser: boolean
  /** The interface is down, so it must not run. */
  heldBack: boolean

  /** Which run of aria2c the next three belong to. */
  run: number
  gid: string | null
  started: boolean
  appliedSelection: string

  /** All wanted pieces were seen on disk. */
  complete: boolean
  /** Seeded before the present stretch, which runs since `seedingSince`; by the clock of `performance`. */
  seededSecs: number
  seedingSince: number | null
  /** The limits that aria2 was told for this stretch, and what counted as seeded when it was. */
  stretch: SeedGoal
  stretchBegan: number
  /** aria2 ended by this ratio, whatever we make of its counts. */
  provenRatio: number
  last: Status | null
  pieces: Uint8Array
  /** How many bytes aria2 counted when it told the pieces. */
  piecesAt: number
  /** Waits for some of the wanted files only. */
  partsAwaited: number
}

export function holdTorrent(infoHash: string, folder: string, trackers: string[]): HeldTorrent {
  return {
    infoHash,
    folder,
    trackers,
    metadata: null,
    wanted: null,
    pausedByUser: false,
    heldBack: false,
    run: 0,
    gid: null,
    started: false,
    appliedSelection: '',
    complete: false,
    demand: NOTHING,
    seededSecs: 0,
    seedingSince: null,
    stretch: NOTHING,
    stretchBegan: 0,
    provenRatio: 0,
    goalReached: false,
    goalTold: false,
    removed: false,
    failure: null,
    last: null,
    pieces: new Uint8Array(),
    piecesAt: -1,
    partsAwaited: 0,
  }
}

export function absorb(held: HeldTorrent, status: Status): void {
  // A torrent that is not running has no lengths; the last ones stay true.
  const { totalLength, completedLength, uploadLength } = status.totalLength === 0 && held.last ? held.last : status
  held.last = { ...status, totalLength, completedLength, uploadLength, bitfield: undefined }
  if (status.bitfield && held.metadata) Object.assign(held, { pieces: Buffer.from(status.bitfield, 'hex'), piecesAt: completedLength })
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
  return held.wanted !== null && hasPieces(held, held.wanted)
}

/** The same of some files, whatever else is wanted. */
export function areWhole(held: HeldTorrent, indexes: readonly number[]): boolean {
  if (held.complete && indexes.every((index) => held.wanted?.has(index))) return true
  return held.started && !isChecking(held.last) && hasPieces(held, indexes)
}

/** Somebody waits for some of its files, and there are more pieces than we know of. */
export function hasNewParts(held: HeldTorrent, status: Status): boolean {
  return held.partsAwaited > 0 && held.metadata !== null && !isChecking(status) && status.completedLength !== held.piecesAt
}

function hasPieces(held: HeldTorrent, indexes: Iterable<number>): boolean {
  const spans = held.metadata ? pieceSpans(held) : []
  return [...indexes].every((index) => spanProgress(held.pieces, spans[index] ?? [0, -1]) === 100)
}

export function givenOf(held: HeldTorrent): Given {
  const running = held.seedingSince === null ? 0 : (performance.now() - held.seedingSince) / 1000
  return { ratio: Math.max(ratioOf(held), held.provenRatio), secs: held.seededSecs + running }
}

/** Keeps the time of seeding: it runs while aria2 is at a torrent that is whole. */
export function noteSeeding(held: HeldTorrent): void {
  const seeds = held.started && held.complete && !held.goalReached
  if (seeds) held.seedingSince ??= performance.now()
  else Object.assign(held, { seededSecs: givenOf(held).secs, seedingSince: null })
}

/** aria2 has the last word on the limit it ended by. */
export function noteStretchEnd(held: HeldTorrent): void {
  const { stretch, stretchBegan } = held
  const given = givenOf(held)
  const byRatio = stretch.ratio > 0 && (stretch.secs === 0 || given.ratio >= stretch.ratio)
  if (byRatio) held.provenRatio = Math.max(held.provenRatio, stretch.ratio)
  const secs = byRatio ? given.secs : Math.max(given.secs, stretchBegan + stretch.secs)
  Object.assign(held, { seededSecs: secs, seedingSince: null })
}

function ratioOf({ last }: HeldTorrent): number {
  return last && last.completedLength > 0 ? last.uploadLength / last.completedLength : 0
}

export function progressOf(held: HeldTorrent): TorrentProgress {
  const { last, metadata } = held
  const files = metadata?.meta.files ?? []
  const wantedBytes = files.reduce((sum, file, index) => (held.wanted?.has(index) ? sum + file.size_bytes : sum), 0)
  // aria2 counts whole pieces of the selection; as a share it is right for the files, too.
  const share = held.complete ? 1 : last && last.totalLength > 0 ? Math.min(last.completedLength / last.totalLength, 1) : 0
  const left = wantedBytes * (1 - share)
  // What is paused is not asked about: it has neither peers nor speed.
  const running = held.started ? last : null
  const speed = running?.downloadSpeed ?? 0
  return {
    infoHash: held.infoHash,
    state: stateOf(held),
    progressPct: metadata ? Math.round(share * 1000) / 10 : 0,
    downloadSpeedBps: speed,
    uploadSpeedBps: running?.uploadSpeed ?? 0,
    etaSecs: held.complete ? 0 : metadata && speed > 0 ? Math.ceil(left / speed) : null,
    peers: running?.connections ?? 0,
    downloadedBytes: Math.round(wantedBytes * share),
    wantedBytes,
    uploadRatio: ratioOf(held),
    ...(held.failure ? { error: held.failure.message } : {}),
  }
}

export function stateOf(held: HeldTorrent): TorrentState {
  if (held.failure) return 'error'
  if (!held.metadata) return 'metadata'
  if (held.goalReached) return 'complete'
  if (held.wanted === null || held.pausedByUser || held.heldBack) return 'paused'
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
