import type { AuditEvent, ScoreReason, Ticket, TicketState, TorrentCandidate, TrackMapping } from '@torrentino/domain'
import type { TicketQuota } from './within-quota.js'

/** A job to hand out after the commit; the outbox keeps it until that is done. */
export interface JobSpec {
  queue: string
  id: string
  data: Record<string, unknown>
  priority: number
}

export interface CandidateScore {
  idx: number
  score: number
  trackMapping: TrackMapping[]
  reasons: ScoreReason[]
  /** What became known of the torrent meanwhile: its hash, its files. */
  torrent?: TorrentCandidate
}

export interface NewItem {
  itemId: string
  idx: number
  kind: 'track' | 'image'
  sourcePath: string
}

/** Everything that one step of a ticket writes, in one statement. */
export interface StepWrite {
  ticket: Ticket
  /** The version that the row must still have; null makes the ticket. */
  expectVersion: number | null
  cause: string
  from: TicketState['name'] | null
  actor: string
  reason: string | null
  details: Record<string, unknown>
  audit: AuditEvent[]
  jobs: JobSpec[]
  create?: { requestHash: string; idempotencyKey: string | null; quota?: TicketQuota }
  candidates?: TorrentCandidate[]
  scores?: CandidateScore[]
  items?: NewItem[]
  /** All items, or those that are not done, start again from nothing. */
  resetItems?: 'all' | 'open'
}

/** Null: the row had another version, or the ticket existed already; nothing was written. */
export type StepResult = { seq: number; outboxId: string } | null
