import { join } from 'node:path'
import { type AuditEvent, requestedItems, type Ticket, type TorrentCandidate, type TorrentFile, withoutHeld } from '@torrentino/domain'
import { giveUp, type Outcome } from '@torrentino/pipeline'
import type { StoredCandidate } from '@torrentino/store'
import type { CandidateFault } from './candidate-fault.js'
import type { Choice } from './choose-files.js'
import { decideLostHeld } from './decide-lost-held.js'
import { decideNext } from './decide-next.js'
import { inMb } from './pool/space.js'

export type DownloadFacts =
  | { kind: 'wait'; ms: number; reason: string }
  | { kind: 'found'; infoHash: string; name: string }
  | { kind: 'failed_candidate'; fault: CandidateFault; candidates: StoredCandidate[] }
  /** Somebody took away what another torrent had for it. */
  | { kind: 'lost_held'; infoHash: string }
  | { kind: 'unsure'; choice: Choice; files: TorrentFile[] }
  | { kind: 'no_room'; bytes: number }
  | { kind: 'loaded'; choice: Choice; folder: string; bytes: number }

// A mapping made without a human below this is shown to one.
const MIN_CONFIDENCE = 0.6

/** Nobody has confirmed a poor mapping yet, and it was made here, from the torrent's real file list. */
export function needsEyes({ request, work }: Ticket, choice: Choice): boolean {
  if (choice.files.length === 0) return true
  if (choice.unagreed.length > 0 && !request.constraints.allow_partial) return true
  return !work.human_approved && choice.confidence < MIN_CONFIDENCE
}

export function decideDownload(ticket: Ticket, facts: DownloadFacts, now: Date, autoApproveThreshold: number): Outcome {
  const at = now.toISOString()
  if (facts.kind === 'failed_candidate') return decideNext(withoutHeld(ticket), facts, { now, autoApproveThreshold })
  if (facts.kind === 'lost_held') return decideLostHeld(ticket, facts.infoHash, at)
  if (facts.kind === 'wait') return facts
  if (facts.kind === 'found')
    return {
      kind: 'step',
      type: 'start_download',
      state: { name: 'downloading', torrent_hash: facts.infoHash, started_at: at },
      work: { download: { info_hash: facts.infoHash, started_at: at } },
      audit: [{ type: 'DownloadStarted', payload: { info_hash: facts.infoHash, torrent_name: facts.name } }],
    }
  if (facts.kind === 'unsure') return unsure(withoutHeld(ticket), facts.choice, facts.files, at)
  if (facts.kind === 'no_room') return giveUp(`it takes ${inMb(facts.bytes)} MB, more than is left of the storage budget`, now)
  const { choice, folder, bytes } = facts
  const startedAt = ticket.work.download?.started_at ?? at
  const infoHash = ticket.work.download?.info_hash ?? ''
  const download = {
    ...{ info_hash: infoHash, folder, files: choice.files, bytes, started_at: startedAt, completed_at: at },
    ...(choice.cover && { cover: join(folder, choice.cover) }),
  }
  const secs = secondsBetween(startedAt, at)
  const audit: AuditEvent[] = [{ type: 'DownloadCompleted', payload: { info_hash: infoHash, size_bytes: bytes, duration_secs: secs } }]
  if (ticket.request.keep_only) {
    const stats = { total_download_bytes: bytes, download_duration_secs: secs, conversion_duration_secs: 0, final_size_bytes: 0 }
    return { kind: 'step', type: 'download_kept', state: { name: 'completed', completed_at: at, stats }, work: { download }, audit }
  }
  const items = itemsOf(ticket, choice, folder)
  return {
    kind: 'step',
    type: 'download_done',
    state: { name: 'converting', total_tracks: items.length, started_at: at },
    work: {
      download: { ...download, files: [...choice.files, ...(ticket.work.held ?? []).flatMap(({ files }) => files)] },
      conversion: { started_at: at },
    },
    items,
    audit,
  }
}

function unsure(ticket: Ticket, choice: Choice, files: TorrentFile[], at: string): Outcome {
  const expected = requestedItems(ticket.request).filter((item) => item.kind === 'track').length
  const reason =
    choice.missing.length > 0
      ? { type: 'track_count_mismatch' as const, expected, found: choice.files.length }
      : { type: 'low_confidence' as const, score: choice.confidence, threshold: MIN_CONFIDENCE }
  const forced = forcedCandidate(ticket, files)
  const idx = forced ? 0 : (ticket.work.selected_idx ?? 0)
  const count = forced ? 1 : (ticket.work.candidates_count ?? 1)
  return {
    kind: 'step',
    type: 'mapping_unsure',
    state: {
      name: 'needs_approval',
      candidates_count: count,
      recommended_idx: idx,
      confidence: choice.confidence,
      reason,
      waiting_since: at,
    },
    ...(forced && {
      candidates: [forced],
      // The one who approves sees this mapping, and it is what he approves.
      scores: [{ idx: 0, score: choice.confidence, trackMapping: choice.mapping, reasons: [FORCED] }],
      work: { candidates_version: ticket.version + 1, candidates_count: 1, selected_idx: 0 },
    }),
    details: { track_mapping: choice.mapping, missing: choice.missing },
    audit: [
      {
        type: 'ApprovalRequested',
        payload: { reason, candidates: [{ idx, title: ticket.work.download?.info_hash ?? '', score: choice.confidence }] },
      },
    ],
  }
}

const FORCED = { code: 'forced_magnet', points: 0, text: 'given by an admin; its files were mapped when they were known' }

/** A forced magnet was never among the candidates; now that its files are known, it becomes one, to be approved like any other. */
function forcedCandidate({ work }: Ticket, files: TorrentFile[]): TorrentCandidate | null {
  if (work.magnet_uri === undefined || !work.download) return null
  const [name = work.download.info_hash] = files[0]?.path.split('/') ?? []
  return {
    title: name,
    indexer: 'forced magnet',
    magnet_uri: work.magnet_uri,
    info_hash: work.download.info_hash,
    size_bytes: files.reduce((sum, file) => sum + file.size_bytes, 0),
    seeders: 0,
    leechers: 0,
    files: files.map(({ path, size_bytes }) => ({ path, size_bytes })),
  }
}

function itemsOf(ticket: Ticket, choice: Choice, folder: string) {
  const parts = [{ folder, files: choice.files }, ...(ticket.work.held ?? [])]
  const sources = new Map(
    parts.flatMap((part) => part.files.map((file) => [file.item_id, join(part.folder, file.torrent_file_path)] as const)),
  )
  return requestedItems(ticket.request)
    .filter((item) => item.kind === 'image' || sources.has(item.id))
    .map((item) => ({
      itemId: item.id,
      idx: item.index,
      kind: item.kind,
      // A picture without a file of its own is taken out of the first track's tags.
      sourcePath: sources.get(item.id) ?? (choice.cover ? join(folder, choice.cover) : ([...sources.values()][0] ?? '')),
    }))
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
}
