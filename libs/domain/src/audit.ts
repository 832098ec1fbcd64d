import { z } from 'zod'
import { UserRole } from './api/tokens-api.js'
import { WebhookOff } from './api/webhooks-api.js'
import { ApprovalReason } from './candidate.js'
import { BlockedCandidate } from './ticket/blocklist.js'
import { STATES } from './ticket/state.js'

const State = z.enum(STATES)
const count = z.number().int().nonnegative()
const candidateScore = z.object({
  idx: count,
  title: z.string(),
  indexer: z.string(),
  info_hash: z.string().nullable(),
  score: z.number(),
  reasons: z.array(z.object({ code: z.string(), points: z.number(), text: z.string() })),
  track_mapping: z.array(z.object({ catalog_track_id: z.string(), torrent_file_path: z.string(), confidence: z.number() })),
})

const tokenEvent = z.object({ admin_id: z.string(), token_id: z.string(), name: z.string(), role: UserRole })
/** Of the address only the origin: the rest may carry a key. */
const webhookEvent = z.object({ webhook_id: z.string(), owner: z.string(), origin: z.string() })

/** The payload of each audit event. `ticket_id` and the actor stand in columns of their own. */
export const AUDIT_PAYLOADS = {
  TicketCreated: z.object({ requested_by: z.string(), ticket_snapshot: z.record(z.string(), z.unknown()) }),
  TicketStateChanged: z.object({
    from_state: State,
    to_state: State,
    version: count,
    cause: z.string(),
    reason: z.string().nullable(),
  }),
  /** It wants something that another ticket sees to already, and waits for that one. */
  TicketLinked: z.object({ linked_to: z.string() }),
  /** It waits no longer: that one has ended or has not all that is wanted. */
  TicketReleased: z.object({ linked_to: z.string(), reason: z.string() }),
  TicketCancelled: z.object({ cancelled_by: z.string(), reason: z.string().nullable() }),
  SearchExecuted: z.object({
    searcher_name: z.string(),
    /** Which of the named ways to ask this was. */
    strategy: z.string().optional(),
    query: z.string(),
    results_count: count,
    duration_ms: count,
    /** Answered from the short memory of equal searches; the indexer was not asked. */
    cached: z.boolean().optional(),
    /** What kept the answer from being complete, such as failing indexers behind a server that asks many. */
    partial: z.string().optional(),
    error: z.string().optional(),
    /** Where it was a model that was asked, for further queries: which, and what it cost. */
    llm_provider: z.string().optional(),
    llm_model: z.string().optional(),
    prompt_tokens: count.optional(),
    completion_tokens: count.optional(),
  }),
  MatchingStarted: z.object({ candidates_count: count, matcher_type: z.string() }),
  MatchingCompleted: z.object({
    matcher_type: z.string(),
    llm_provider: z.string().optional(),
    llm_model: z.string().optional(),
    prompt_tokens: count.optional(),
    completion_tokens: count.optional(),
    /** Why the model's word does not count: it could not be had, or it was not what was asked for. */
    llm_error: z.string().optional(),
    candidates_scored: z.array(candidateScore),
    selected_idx: count.nullable(),
    confidence: z.number(),
    reasoning: z.string(),
  }),
  ApprovalRequested: z.object({
    reason: ApprovalReason,
    candidates: z.array(z.object({ idx: count, title: z.string(), score: z.number() })),
  }),
  ApprovalGranted: z.object({ approved_by: z.string(), selected_candidate_idx: count }),
  ApprovalRejected: z.object({ rejected_by: z.string(), reason: z.string().nullable() }),
  DownloadStarted: z.object({ info_hash: z.string(), torrent_name: z.string() }),
  DownloadProgress: z.object({ info_hash: z.string(), percent: z.number(), speed_bps: z.number() }),
  DownloadCompleted: z.object({ info_hash: z.string(), size_bytes: z.number(), duration_secs: z.number() }),
  DownloadFailed: z.object({ info_hash: z.string().nullable(), error: z.string(), will_retry: z.boolean() }),
  DownloadPaused: z.object({ paused_by: z.string() }),
  DownloadResumed: z.object({ resumed_by: z.string() }),
  CandidateBlocked: BlockedCandidate.omit({ at: true }).extend({
    /** The candidate that is loaded instead; null where nobody is sure of one. */
    next_idx: count.nullable(),
  }),
  ConversionStarted: z.object({ item_id: z.string(), input_path: z.string() }),
  ConversionCompleted: z.object({ item_id: z.string(), output_path: z.string(), duration_ms: count }),
  ConversionFailed: z.object({ item_id: z.string(), error: z.string(), will_retry: z.boolean() }),
  PlacementStarted: z.object({ files_count: count }),
  PlacementCompleted: z.object({ files_placed: count }),
  PlacementFailed: z.object({
    error: z.string(),
    rollback_status: z.enum(['rolled_back', 'nothing_to_roll_back', 'pending']),
    will_retry: z.boolean(),
  }),
  ServiceStarted: z.object({ service: z.string(), version: z.string(), config_hash: z.string() }),
  ServiceStopped: z.object({ service: z.string(), reason: z.string() }),
  ConfigValidationFailed: z.object({ service: z.string(), errors: z.array(z.string()) }),
  CacheWarmerScanned: z.object({
    /** Those to be warmed, the most wanted first. */
    artists: z.array(z.object({ artist: z.string(), demand: count })),
    held_bytes: z.number(),
    room_bytes: z.number(),
  }),
  AdminForceSearch: z.object({ admin_id: z.string(), custom_query: z.string() }),
  AdminForceMagnet: z.object({ admin_id: z.string(), magnet_uri: z.string() }),
  AdminPinTorrent: z.object({ admin_id: z.string(), info_hash: z.string() }),
  AdminUnpinTorrent: z.object({ admin_id: z.string(), info_hash: z.string() }),
  AdminRemoveTorrent: z.object({
    ...{ admin_id: z.string(), info_hash: z.string(), forced: z.boolean() },
    /** What it was before. */
    was: z.object({ status: z.string(), pinned: z.boolean() }),
  }),
  /** Old entries of a type have gone. */
  AdminPruneAudit: z.object({ admin_id: z.string(), event_type: z.string(), before: z.iso.datetime(), removed: count }),
  AdminRetry: z.object({ admin_id: z.string() }),
  AdminCreateToken: tokenEvent,
  AdminRevokeToken: tokenEvent,
  WebhookCreated: webhookEvent.extend({ events: z.array(z.string()), all_tickets: z.boolean() }),
  WebhookDeleted: webhookEvent,
  WebhookPaused: webhookEvent,
  WebhookResumed: webhookEvent,
  WebhookSwitchedOff: webhookEvent.extend({ reason: WebhookOff.optional() }),
  WebhookReplayed: webhookEvent.extend({ dead_letters: count }),
} as const

export type AuditType = keyof typeof AUDIT_PAYLOADS
export const AUDIT_TYPES = Object.keys(AUDIT_PAYLOADS) as [AuditType, ...AuditType[]]

export type AuditEvent = {
  [K in AuditType]: { type: K; payload: z.infer<(typeof AUDIT_PAYLOADS)[K]> }
}[AuditType]

export interface AuditEntry {
  id: string
  ticket_id: string | null
  event_type: AuditType
  actor: string
  at: string
  payload: Record<string, unknown>
}
