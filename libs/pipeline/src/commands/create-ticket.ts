import { createHash, randomUUID } from 'node:crypto'
import { DomainError, type NewTicket, type Ticket, type TicketRequest } from '@torrentino/domain'
import type { TicketQuota } from '@torrentino/store'
import type { PipelineDeps } from '../deps.js'
import { nextJobs } from '../next-jobs.js'
import { tell } from '../tell.js'
import { checkDestinations } from './check-destinations.js'

export interface CreateInput {
  ticket: TicketRequest & Pick<NewTicket, 'ticket_id'>
  requestedBy: string
  idempotencyKey?: string
  mediaRoots: readonly string[]
  /** Destinations must be names that any file system can hold. */
  portableNames?: boolean
  /** The call, where its trace is wanted. */
  traceparent?: string
  /** Throws where this would be one ticket too many of this user. What was posted before is no new one. */
  quota?: TicketQuota
}

export interface CreateOutcome {
  id: string
  /** False: the same was posted before, and nothing was written. */
  created: boolean
}

/** Posting the same again gives the same answer; posting something else under the same id or key is refused. */
export async function createTicket(deps: PipelineDeps, input: CreateInput): Promise<CreateOutcome> {
  const { ticket_id, ...request } = input.ticket
  if (!request.keep_only) checkDestinations(request, input.mediaRoots, input.portableNames ?? false)
  const ticket = newTicket(ticket_id ?? randomUUID(), request, input, deps.now())
  const requestHash = hashOf({ request, requestedBy: input.requestedBy })
  const idempotencyKey = input.idempotencyKey ?? null
  const jobs = nextJobs(null, ticket)
  const written = await deps.store.door.write({
    ticket,
    expectVersion: null,
    cause: 'create',
    from: null,
    actor: input.requestedBy,
    reason: null,
    details: {},
    audit: [{ type: 'TicketCreated', payload: { requested_by: input.requestedBy, ticket_snapshot: { ticket_id: ticket.id, ...request } } }],
    jobs,
    create: { requestHash, idempotencyKey, quota: input.quota },
  })
  if (!written) return existing(deps, { id: ticket_id, requestHash, idempotencyKey, requestedBy: input.requestedBy })
  void tell(deps, written.outboxId, jobs, {
    kind: 'step',
    seq: written.seq,
    ticket_id: ticket.id,
    requested_by: ticket.requestedBy,
    version: 1,
    cause: 'create',
    from: null,
    to: 'pending',
    reason: null,
    at: ticket.createdAt.toISOString(),
    details: {},
  })
  return { id: ticket.id, created: true }
}

async function existing(
  deps: PipelineDeps,
  asked: { id: string | undefined; requestHash: string; idempotencyKey: string | null; requestedBy: string },
): Promise<CreateOutcome> {
  if (asked.idempotencyKey !== null) {
    const earlier = await deps.store.tickets.findByKey(asked.requestedBy, asked.idempotencyKey)
    if (earlier) {
      if (earlier.requestHash === asked.requestHash && (asked.id ?? earlier.id) === earlier.id) return { id: earlier.id, created: false }
      throw new DomainError('idempotency_key_reused', 'this Idempotency-Key was used before with another ticket; use a new key')
    }
  }
  if (asked.id !== undefined) {
    const hash = await deps.store.tickets.findHash(asked.id)
    if (hash === asked.requestHash) return { id: asked.id, created: false }
    if (hash !== null) throw new DomainError('ticket_exists', `a ticket with the id ${asked.id} exists already with other content`)
  }
  throw new DomainError('conflict', 'the ticket could not be stored; post it again')
}

function newTicket(id: string, request: TicketRequest, { requestedBy, traceparent }: CreateInput, now: Date): Ticket {
  return {
    id,
    version: 1,
    state: { name: 'pending' },
    stage: 'search',
    stageVersion: 1,
    requestedBy,
    priority: request.priority,
    request,
    work: traceparent === undefined ? {} : { traceparent },
    attempts: 0,
    crashes: 0,
    dueAt: null,
    lastError: null,
    createdAt: now,
    updatedAt: now,
  }
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
