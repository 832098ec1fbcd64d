import {
  type Actor,
  type AuditEvent,
  detailsOf,
  type StepEvent,
  type Ticket,
  type TorrentCandidate,
  type TransitionEvent,
  transition,
} from '@torrentino/domain'
import type { CandidateScore, NewItem } from '@torrentino/store'
import type { PipelineDeps } from './deps.js'
import type { ItemRef } from './longest-first.js'
import { nextJobs } from './next-jobs.js'
import { tell } from './tell.js'
import { tellStay } from './tracing.js'

/** What a step writes besides the ticket. */
export interface StepExtras {
  audit?: AuditEvent[]
  candidates?: TorrentCandidate[]
  scores?: CandidateScore[]
  items?: NewItem[]
  resetItems?: 'all' | 'open'
  /** The items that get a job when the step leads into conversion. */
  jobItems?: ItemRef[]
  /** Shown in the history and to WebSocket clients beside the state's own data. */
  details?: Record<string, unknown>
}

export interface CommittedStep {
  ticket: Ticket
  /** Settled when Redis was told; never rejects. */
  told: Promise<void>
}

/**
 * The one door through which a ticket changes: checks the step against the table, writes it with its audit and outbox in one
 * statement, and tells Redis after the commit. Null: another was faster, nothing was written.
 */
export async function commitStep(
  deps: PipelineDeps,
  before: Ticket,
  event: TransitionEvent,
  actor: Actor,
  extras: StepExtras = {},
): Promise<CommittedStep | null> {
  const ticket = transition(before, event, actor, deps.now())
  const jobs = nextJobs(before, ticket, extras.jobItems ?? extras.items)
  const details = { ...detailsOf(ticket.state), ...extras.details }
  const reason = event.reason ?? null
  const changed: AuditEvent = {
    type: 'TicketStateChanged',
    payload: { from_state: before.state.name, to_state: ticket.state.name, version: ticket.version, cause: event.type, reason },
  }
  const written = await deps.store.door.write({
    ticket,
    expectVersion: before.version,
    cause: event.type,
    from: before.state.name,
    actor: actor.id,
    reason,
    details,
    audit: [...(extras.audit ?? []), changed],
    jobs,
    candidates: extras.candidates,
    scores: extras.scores,
    items: extras.items,
    resetItems: extras.resetItems,
  })
  if (!written) return null
  deps.metrics.ticketCame(ticket.state.name)
  deps.log.info('ticket moved', { ticket_id: ticket.id, from: before.state.name, to: ticket.state.name, cause: event.type, by: actor.id })
  tellStay(deps.tracer, before, ticket, event.type)
  const step: StepEvent = {
    kind: 'step',
    seq: written.seq,
    ticket_id: ticket.id,
    requested_by: ticket.requestedBy,
    version: ticket.version,
    cause: event.type,
    from: before.state.name,
    to: ticket.state.name,
    reason,
    at: ticket.updatedAt.toISOString(),
    details,
  }
  return { ticket, told: tell(deps, written.outboxId, jobs, step) }
}
