import type { StateName, Ticket } from '@torrentino/domain'
import { newSpanId, readTraceparent, type Span, type TraceContext, type Tracer, writeTraceparent } from '@torrentino/runtime'

type Traced = Pick<Ticket, 'id' | 'work'>
type Place = Pick<Span, 'traceId' | 'parentId'>

/**
 * Where the spans of a ticket belong: below the call that filed it, which stands in the ticket's row, so that retries, crashes and a lost
 * Redis change nothing. One that was filed without traces has a trace that its id names: both have 128 bits.
 */
export function placeOf({ id, work }: Traced): Place {
  const call = readTraceparent(work.traceparent)
  return call === undefined ? { traceId: id.replaceAll('-', '') } : { traceId: call.traceId, parentId: call.spanId }
}

/** Nothing was done, or the same is done again every few seconds. */
const QUIET = ['skipped', 'early', 'wait', 'away', 'lost']

export interface Run {
  name: string
  beganMs: number
  result: string
  error?: unknown
  attributes?: Span['attributes']
}

/** A run of a stage is over. */
export function tellRun(tracer: Pick<Tracer, 'tell'> | undefined, ticket: Ticket | undefined, run: Run): void {
  if (tracer === undefined || ticket === undefined || QUIET.includes(run.result)) return
  tracer.tell({
    ...placeOf(ticket),
    name: run.name,
    kind: 'consumer',
    spanId: newSpanId(),
    startMs: run.beganMs,
    endMs: Date.now(),
    attributes: { 'ticket.id': ticket.id, 'ticket.attempts': ticket.attempts, result: run.result, ...run.attributes },
    ...(run.error === undefined ? {} : { error: String((run.error as Error).message ?? run.error) }),
  })
}

/** A ticket left the state in which it was for so long: all of a download, a conversion, a placement, however many runs it took. */
export function tellStay(tracer: Pick<Tracer, 'tell'> | undefined, before: Ticket, after: Ticket, cause: string): void {
  if (tracer === undefined || before.state.name === after.state.name) return
  const since =
    'started_at' in before.state ? before.state.started_at : 'waiting_since' in before.state ? before.state.waiting_since : undefined
  if (since === undefined) return
  const failed = after.state.name === 'failed' ? after.state.error : undefined
  tracer.tell({
    ...placeOf(before),
    name: before.state.name satisfies StateName,
    kind: 'internal',
    spanId: newSpanId(),
    startMs: Date.parse(since),
    endMs: after.updatedAt.getTime(),
    attributes: { 'ticket.id': before.id, cause, to: after.state.name },
    ...(failed === undefined ? {} : { error: failed }),
  })
}

/** The span of a call, and what a ticket that it files keeps of it. */
export function callContext(traceparent: unknown, newTraceId: () => string): TraceContext & { parentId?: string; traceparent: string } {
  const caller = readTraceparent(traceparent)
  const context = { traceId: caller?.traceId ?? newTraceId(), spanId: newSpanId() }
  return { ...context, ...(caller === undefined ? {} : { parentId: caller.spanId }), traceparent: writeTraceparent(context) }
}
