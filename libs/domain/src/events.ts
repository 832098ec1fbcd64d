import { z } from 'zod'
import { STATES, type TicketState } from './ticket/state.js'
import { TRANSITION_NAMES } from './ticket/transitions.js'

const State = z.enum(STATES)

/**
 * One step of a ticket as it is stored and published. `seq` numbers the steps of the whole system.
 * The messages that clients see are derived from it, so nothing else has to be kept to replay them.
 */
export const StepEvent = z.object({
  kind: z.literal('step'),
  seq: z.number().int().nonnegative(),
  ticket_id: z.string(),
  requested_by: z.string(),
  version: z.number().int(),
  cause: z.enum(['create', ...TRANSITION_NAMES]),
  from: State.nullable(),
  to: State,
  reason: z.string().nullable(),
  at: z.string(),
  details: z.record(z.string(), z.unknown()),
})
export type StepEvent = z.infer<typeof StepEvent>

/** Progress is a hint: not stored, not replayed, dropped first when a client is slow. */
export const ProgressEvent = z.object({
  kind: z.literal('progress'),
  ticket_id: z.string(),
  requested_by: z.string(),
  stage: z.enum(['download', 'convert', 'place']),
  progress_pct: z.number().min(0).max(100),
  item_id: z.string().optional(),
  item_name: z.string().optional(),
  download_speed_bps: z.number().optional(),
  eta_secs: z.number().nullable().optional(),
  peers: z.number().optional(),
})
export type ProgressEvent = z.infer<typeof ProgressEvent>

export const BusEvent = z.discriminatedUnion('kind', [StepEvent, ProgressEvent])
export type BusEvent = z.infer<typeof BusEvent>

/** What goes over the WebSocket. `id` never falls; pass the last one seen as `?since=` to miss nothing. */
export type ClientMessage =
  | {
      type: 'state_change'
      id: number
      ticket_id: string
      old_state: string | null
      new_state: string
      at: string
      details: Record<string, unknown>
    }
  | { type: 'needs_approval'; id: number; ticket_id: string; at: string; details: Record<string, unknown>; candidates: unknown[] }
  | { type: 'completed'; id: number; ticket_id: string; at: string; stats: unknown }
  | { type: 'failed'; id: number; ticket_id: string; at: string; error: string; retryable: boolean }
  | ({ type: 'progress'; id: number } & Omit<ProgressEvent, 'kind' | 'requested_by'>)

/** The first message of every connection: where the client stands before anything has happened. */
export interface HelloMessage {
  type: 'hello'
  id: number
  /** The newest id; what lies between `id` and it is replayed. */
  head: number
  /** True: `since` was ahead of the history (a restored database), so whatever the client knows may be wrong. */
  reset: boolean
}

/** Now and then, so that a dead connection shows, and a client that little concerns need not resume from long ago. */
export interface HeartbeatMessage {
  type: 'heartbeat'
  id: number
}

export type StreamMessage = HelloMessage | HeartbeatMessage | ClientMessage

/**
 * A step makes one message, or two when it asks for attention. Ids are 2·seq and 2·seq+1,
 * so that a client which saw only the first gets the second on resuming.
 */
export function messagesOfStep(step: StepEvent): Exclude<ClientMessage, { type: 'progress' }>[] {
  const { ticket_id, at, details } = step
  const id = step.seq * 2
  const change = { type: 'state_change' as const, id, ticket_id, old_state: step.from, new_state: step.to, at, details }
  if (step.to === 'needs_approval')
    return [
      change,
      {
        type: 'needs_approval',
        id: id + 1,
        ticket_id,
        at,
        details,
        candidates: Array.isArray(details.candidates) ? details.candidates : [],
      },
    ]
  if (step.to === 'completed') return [change, { type: 'completed', id: id + 1, ticket_id, at, stats: details.stats }]
  if (step.to === 'failed')
    return [
      change,
      { type: 'failed', id: id + 1, ticket_id, at, error: String(details.error ?? ''), retryable: details.retryable === true },
    ]
  return [change]
}

export function detailsOf({ name: _name, ...details }: TicketState): Record<string, unknown> {
  return details
}
