import { randomUUID } from 'node:crypto'
import {
  NewTicket,
  STAGE_OF_STATE,
  type StateName,
  type Ticket,
  type TicketRequest,
  type TicketState,
  type TorrentCandidate,
} from '@torrentino/domain'
import type { StepWrite } from '@torrentino/store'

const AT = '2026-01-01T00:00:00.000Z'
const HASH = 'a'.repeat(40)

/** What a consumer posts for an album of so many tracks, below /media/music. */
export function albumBody({ tracks = 2, images = 0, folder = '/media/music/album', ...rest }: AlbumBody = {}): Record<string, unknown> {
  return {
    search: { artist: 'The Example Band', album: 'First Steps', year: 2019 },
    tracks: Array.from({ length: tracks }, (_, index) => ({
      catalog_track_id: `t${index + 1}`,
      track_number: index + 1,
      name: `Track ${index + 1}`,
      dest_path: `${folder}/${index + 1}.ogg`,
    })),
    images: Array.from({ length: images }, (_, index) => ({ catalog_image_id: `i${index + 1}`, dest_path: `${folder}/${index + 1}.jpg` })),
    ...rest,
  }
}

export interface AlbumBody {
  tracks?: number
  images?: number
  folder?: string
  [key: string]: unknown
}

/** The data that a ticket has in a state; enough to be stored and worked on. */
export const SAMPLE_STATES: { [S in StateName]: Extract<TicketState, { name: S }> } = {
  pending: { name: 'pending' },
  searching: { name: 'searching', strategies_tried: [], started_at: AT },
  search_failed: { name: 'search_failed', strategies_tried: ['artist album'], failed_at: AT },
  matching: { name: 'matching', candidates_count: 2, strategies_tried: ['artist album'], started_at: AT },
  dry_run_complete: { name: 'dry_run_complete', candidates_count: 2, recommended_idx: 0, confidence: 0.9, completed_at: AT },
  needs_approval: {
    name: 'needs_approval',
    candidates_count: 2,
    recommended_idx: 1,
    confidence: 0.5,
    reason: { type: 'no_exact_match' },
    waiting_since: AT,
  },
  auto_approved: { name: 'auto_approved', selected_idx: 0, confidence: 0.9 },
  approved: { name: 'approved', selected_idx: 1, approved_by: 'admin', approved_at: AT },
  rejected: { name: 'rejected', rejected_by: 'admin', reason: null, rejected_at: AT },
  downloading: { name: 'downloading', torrent_hash: HASH, started_at: AT },
  converting: { name: 'converting', total_tracks: 2, started_at: AT },
  placing: { name: 'placing', total_files: 2, started_at: AT },
  completed: {
    name: 'completed',
    completed_at: AT,
    stats: { total_download_bytes: 1, download_duration_secs: 1, conversion_duration_secs: 1, final_size_bytes: 1 },
  },
  failed: {
    name: 'failed',
    failed_at_state: 'searching',
    error: 'it broke',
    code: 'broken',
    retryable: true,
    retry_count: 0,
    failed_at: AT,
  },
  cancelled: { name: 'cancelled', cancelled_by: 'ann', reason: null, cancelled_at: AT },
}

/** A ticket in memory; `state` may be a name for its sample data. */
export function sampleTicket(change: Partial<Omit<Ticket, 'state'>> & { state?: TicketState | StateName } = {}): Ticket {
  const { state: wanted = 'pending', ...rest } = change
  const state = typeof wanted === 'string' ? SAMPLE_STATES[wanted] : wanted
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody())
  const now = new Date()
  return {
    id: randomUUID(),
    version: 1,
    state,
    stage: STAGE_OF_STATE[state.name],
    stageVersion: 1,
    requestedBy: 'ann',
    priority: 2,
    request,
    work: {},
    attempts: 0,
    crashes: 0,
    dueAt: null,
    lastError: null,
    createdAt: now,
    updatedAt: now,
    ...rest,
  }
}

/** For some tracks of one album of three, loading this torrent. */
export function loadingTicket(infoHash: string, tracks: readonly number[], change: Partial<TicketRequest> = {}): Ticket {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 3, folder: `/media/${randomUUID()}` }))
  for (const track of request.tracks) track.requested = tracks.includes(track.track_number)
  return sampleTicket({
    state: 'downloading',
    request: { ...request, ...change },
    work: { magnet_uri: `magnet:?xt=urn:btih:${infoHash}`, download: { info_hash: infoHash, started_at: AT } },
  })
}

/** The writing that makes this ticket. */
export function creationOf(ticket: Ticket, change: Partial<StepWrite> = {}): StepWrite {
  return {
    ticket,
    expectVersion: null,
    cause: 'create',
    from: null,
    actor: ticket.requestedBy,
    reason: null,
    details: {},
    audit: [{ type: 'TicketCreated', payload: { requested_by: ticket.requestedBy, ticket_snapshot: {} } }],
    jobs: [],
    create: { requestHash: ticket.id, idempotencyKey: null },
    ...change,
  }
}

/** The writing of some next step, from this ticket to a state. */
export function stepOf(before: Ticket, to: StateName, change: Partial<StepWrite> = {}): StepWrite {
  const ticket = { ...before, version: before.version + 1, state: SAMPLE_STATES[to], stage: STAGE_OF_STATE[to], ...change.ticket }
  return {
    expectVersion: before.version,
    cause: 'test',
    from: before.state.name,
    actor: 'test-worker',
    reason: null,
    details: {},
    audit: [
      {
        type: 'TicketStateChanged',
        payload: { from_state: before.state.name, to_state: to, version: ticket.version, cause: 'test', reason: null },
      },
    ],
    jobs: [],
    ...change,
    ticket,
  }
}

export function sampleCandidate(change: Partial<TorrentCandidate> = {}): TorrentCandidate {
  return {
    title: 'The Example Band - First Steps (2019) FLAC',
    indexer: 'example',
    info_hash: HASH,
    size_bytes: 1000,
    seeders: 3,
    leechers: 1,
    ...change,
  }
}
