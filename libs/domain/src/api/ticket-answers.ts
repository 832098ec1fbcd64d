import { z } from 'zod'
import { CandidateSource, ScoreReason, TorrentCandidate, TrackMapping } from '../candidate.js'
import { BlockedCandidate } from '../ticket/blocklist.js'
import { TIMED_WORK } from '../ticket/stage-times.js'
import { STATES } from '../ticket/state.js'

const count = z.number().int().nonnegative()
const State = z.enum(STATES)
const moment = z.iso.datetime()
const fields = z.record(z.string(), z.unknown())

/** What POST answers, and every action on a ticket. */
export const TicketSummary = z
  .object({
    ticket_id: z.string(),
    version: count,
    state: State,
    /** What the ticket knows in this state; the fields differ from state to state. */
    details: fields,
    requested_by: z.string(),
    content_type: z.string(),
    priority: z.literal([1, 2, 3]),
    dry_run: z.boolean(),
    search: fields,
    /** Failed attempts of the present stage, and when the next one is due. */
    attempts: count,
    due_at: moment.nullable(),
    last_error: z.string().nullable(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: 'TicketSummary' })
export type TicketSummary = z.infer<typeof TicketSummary>

export const TicketCreated = TicketSummary.pick({ ticket_id: true, state: true, version: true, requested_by: true })
export type TicketCreated = z.infer<typeof TicketCreated>

export const TicketList = z.object({
  tickets: z.array(TicketSummary),
  /** Give it back as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
})
export type TicketList = z.infer<typeof TicketList>

/** Why nothing happens just now, though nothing is wrong, such as an indexer that may not be asked yet. */
export const TicketWait = z.object({ reason: z.string(), next_try_at: moment }).meta({ id: 'TicketWait' })
export type TicketWait = z.infer<typeof TicketWait>

export const CandidateView = z
  .object({
    idx: count,
    torrent: TorrentCandidate.omit({ download_url: true }).extend({
      files_count: count.nullable(),
      sources: z.array(CandidateSource.omit({ download_url: true })).optional(),
    }),
    score: z.number().nullable(),
    track_mapping: z.array(TrackMapping),
    reasons: z.array(ScoreReason),
    reasoning: z.string(),
    /** Why it failed this ticket before; it is not taken again without a human. */
    blocked: z.string().nullable(),
  })
  .meta({ id: 'CandidateView' })
export type CandidateView = z.infer<typeof CandidateView>

export const ItemView = z
  .object({
    item_id: z.string(),
    kind: z.enum(['track', 'image']),
    name: z.string(),
    dest_path: z.string(),
    /** Before the torrent's files are mapped, an item is only wanted. */
    status: z.enum(['wanted', 'waiting', 'done', 'failed']),
    attempts: count,
    due_at: moment.nullable(),
    error: z.string().nullable(),
    size: count.nullable(),
    sha256: z.string().nullable(),
    info: fields.nullable(),
  })
  .meta({ id: 'ItemView' })
export type ItemView = z.infer<typeof ItemView>

export const HistoryView = z
  .object({
    version: count,
    cause: z.string(),
    from: State.nullable(),
    to: State,
    actor: z.string(),
    reason: z.string().nullable(),
    at: moment,
    /** How long the ticket was in `to`; until now where it still is, null where it stays for ever. */
    seconds: z.number().nullable(),
    details: fields,
  })
  .meta({ id: 'HistoryView' })
export type HistoryView = z.infer<typeof HistoryView>

export const TIMED_STAGES = ['search', 'match', 'download', 'convert', 'place', 'waiting'] as const

export const TicketDetails = TicketSummary.extend({
  /** Null where it does not wait, or nobody knows. */
  wait: TicketWait.nullable(),
  /** Where it stands in the line for a download; 1 is the next. */
  place_in_line: z.int().positive().nullable(),
  request: fields,
  /** Where the state has them: matching, needs_approval, dry_run_complete. */
  candidates: z.array(CandidateView).optional(),
  /** Candidates that failed this ticket, oldest first. */
  blocklist: z.array(BlockedCandidate),
  items: z.array(ItemView),
  history: z.array(HistoryView),
  /** The ticket that this one waits for or was served with, since it wants some of the same, and where that one stands. */
  linked_to: z.string().nullable(),
  linked_state: State.nullable(),
  /** Tickets linked to this one: by whoever posted it, and those that wait for it or were served with it. */
  linked_tickets: z.array(z.string()),
  /** Seconds spent in each stage so far; `waiting` is for people. */
  stage_seconds: z.record(z.enum(TIMED_STAGES), z.number()),
  /** The same in parts: before the stage began, waiting for a person, a pause or another ticket, and at work. */
  stage_times: z.record(z.enum(TIMED_WORK), z.object({ queued_secs: z.number(), waited_secs: z.number(), worked_secs: z.number() })),
}).meta({ id: 'TicketDetails' })
export type TicketDetails = z.infer<typeof TicketDetails>

export const PlacedFile = z
  .object({
    item_id: z.string(),
    kind: z.enum(['track', 'image']),
    name: z.string(),
    path: z.string(),
    size: count,
    sha256: z.string(),
    content_type: z.string(),
  })
  .meta({ id: 'PlacedFile' })
export type PlacedFile = z.infer<typeof PlacedFile>

export const FileList = z.object({ ticket_id: z.string(), state: State, files: z.array(PlacedFile) })
export type FileList = z.infer<typeof FileList>
