import type { AuditEvent, Stage as StageName, Ticket, TicketState, TransitionName } from '@torrentino/domain'
import type { ItemResult, TicketItemRow } from '@torrentino/store'
import type { StepExtras } from './commit-step.js'

/** How one run of a stage ends: a step of the ticket, or a pause that is no failure. Faults are thrown as errors. */
export type Outcome =
  | ({ kind: 'step'; type: TransitionName; state: TicketState; work?: Partial<Ticket['work']>; reason?: string } & StepExtras)
  | { kind: 'wait'; ms: number; reason: string }

export interface RunContext {
  /** Aborted when the turn is over (cancelled, taken over) or the process stops. */
  signal: AbortSignal
  now(): Date
}

/** A failed attempt, as the audit tells it. */
export interface Failure {
  message: string
  willRetry: boolean
  /** What was thrown; nothing where the process died. */
  error?: unknown
}

/** A stage is a pure decision and a little gathering. All I/O lies in `gather` and is safe to run twice. */
export interface Stage<Facts = unknown> {
  name: Exclude<StageName, 'convert' | 'cleanup'>
  gather(ticket: Ticket, run: RunContext): Promise<Facts>
  decide(ticket: Ticket, facts: Facts, now: Date): Outcome
  /** What the audit says of a failed attempt. */
  failureAudit?(ticket: Ticket, failure: Failure): AuditEvent[]
  /** After a step that ended the ticket; the rescue repeats it when the process dies before. */
  afterEnd?(ticket: Ticket): Promise<void>
}

/** The stage that fans out: one job per item. */
export interface ItemStage {
  name: 'convert'
  run(ticket: Ticket, item: TicketItemRow, run: RunContext): Promise<ItemResult>
  /** Takes away what a run has made and nobody took. */
  discard(ticket: Ticket, result: ItemResult): Promise<void>
  /** A fault that only says that a place cannot be reached for now: people mend it, and that takes any time, so it costs no attempt. */
  isAway(error: unknown): error is Error
  /** What follows when no item is left to do. */
  decide(ticket: Ticket, items: TicketItemRow[], now: Date): Outcome
  startAudit(ticket: Ticket, item: TicketItemRow): AuditEvent
  doneAudit(ticket: Ticket, item: TicketItemRow, result: ItemResult, durationMs: number): AuditEvent
  failureAudit(ticket: Ticket, item: TicketItemRow, failure: Failure): AuditEvent
}
