import { z } from 'zod'
import { AUDIT_PAYLOADS } from './audit.js'
import { ApprovalReason, TorrentFile } from './candidate.js'
import { SearchWish, TrackItem } from './ticket/new-ticket.js'
import { STATES } from './ticket/state.js'

const { candidates_scored, ...matcher } = AUDIT_PAYLOADS.MatchingCompleted.shape
const idx = z.number().int().nonnegative()

/** What a person said to a decision; the first word after it counts. */
export const HumanVerdict = z.discriminatedUnion('type', [
  z.object({ type: z.literal('approved'), idx }),
  z.object({ type: z.literal('rejected'), reason: z.string().nullable() }),
  z.object({ type: z.literal('forced_magnet'), info_hash: z.string() }),
  z.object({ type: z.literal('forced_search'), query: z.string() }),
  z.object({ type: z.literal('none') }),
])
export type HumanVerdict = z.infer<typeof HumanVerdict>

/** How the matcher ended: taken at once, a person was asked, or a dry run that takes nothing. */
export const DecisionKind = z.enum(['sure', 'unsure', 'dry_run'])
export type DecisionKind = z.infer<typeof DecisionKind>

/**
 * One decision of the matcher, to learn from: what was wanted and offered, what was chosen, what a person said, and what came of it.
 * No links, no keys, no paths of ours, and of identities only who asked.
 */
export const TrainingDecision = z.object({
  /** Raised when a field changes its meaning. */
  format: z.literal(1),
  ticket_id: z.string(),
  decided_at: z.string(),
  request: z.object({
    requested_by: z.string(),
    content_type: z.string(),
    request_scope: z.string(),
    search: z.object(SearchWish.shape),
    tracks: z.array(z.object(TrackItem.shape).omit({ dest_path: true })),
    constraints: z.record(z.string(), z.unknown()),
  }),
  /** As the matcher saw and judged them. */
  candidates: z.array(
    candidates_scored.element.extend({
      size_bytes: z.number(),
      seeders: z.number(),
      leechers: z.number(),
      publish_date: z.string().optional(),
      files: z.array(TorrentFile).optional(),
    }),
  ),
  matcher: z.object(matcher).pick({
    matcher_type: true,
    llm_provider: true,
    llm_model: true,
    prompt_tokens: true,
    completion_tokens: true,
    llm_error: true,
  }),
  choice: z.object({
    kind: DecisionKind,
    selected_idx: matcher.selected_idx,
    confidence: matcher.confidence,
    reasoning: matcher.reasoning,
    /** Why a person was asked. */
    reason: ApprovalReason.nullable(),
  }),
  verdict: HumanVerdict,
  /** Where the ticket stands at the time of the export. */
  outcome: z.object({ state: z.enum(STATES), failure: z.string().nullable(), missing_items: z.number().int().nonnegative() }),
})
export type TrainingDecision = z.infer<typeof TrainingDecision>
