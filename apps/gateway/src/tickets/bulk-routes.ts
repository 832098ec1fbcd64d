import {
  type Actor,
  BULK_MOST,
  type BulkAction,
  BulkAnswer,
  BulkBody,
  type BulkResult,
  DomainError,
  type StateName,
  type Ticket,
  TRANSITIONS,
} from '@torrentino/domain'
import { type Identity, type Route, route } from '@torrentino/http'
import { approveTicket, cancelTicket, rejectTicket, retryTicket } from '@torrentino/pipeline'
import type { GatewayDeps } from '../deps.js'
import { actorOf } from './own-ticket.js'

/** Few, so that other callers find connections to the database meanwhile. */
const AT_ONCE = 4

export function bulkRoutes(deps: GatewayDeps): Route[] {
  return [
    route({
      name: 'bulkTickets',
      method: 'POST',
      path: '/ticket{s}/bulk',
      access: 'admin',
      about: 'Approves, rejects, retries or cancels all tickets that fit, at most a thousand a request',
      answer: BulkAnswer,
      body: BulkBody,
      handle: async ({ body, identity }) => ({ json: await runBulk(deps, body, identity) }),
    }),
  ]
}

async function runBulk(deps: GatewayDeps, { action, filter, dry_run, reason }: BulkBody, identity: Identity): Promise<BulkAnswer> {
  const allowed: readonly StateName[] = TRANSITIONS[action].from
  const states = filter.state?.filter((state) => allowed.includes(state)) ?? allowed
  const { requested_by: requestedBy, created_after: createdAfter, created_before: createdBefore, ids } = filter
  const { count, tickets } = await deps.store.tickets.matching({ states, requestedBy, createdAfter, createdBefore, ids }, BULK_MOST)
  const run = ({ id }: { id: string }) => runOne(deps, { action, id, reason: reason ?? null, identity })
  const results = dry_run
    ? tickets.map(({ id, state }): BulkResult => ({ ticket_id: id, outcome: 'would_be_done', state }))
    : await inTurns(tickets, run)
  const countOf = (outcome: BulkResult['outcome']) => results.filter((result) => result.outcome === outcome).length
  return { action, dry_run, matched: count, done: countOf('done'), refused: countOf('refused'), left: count - results.length, results }
}

interface One {
  action: BulkAction
  id: string
  reason: string | null
  identity: Identity
}

/** By the command for one ticket, with its transaction and its audit; a ticket that has moved on meanwhile refuses it. */
async function runOne(deps: GatewayDeps, { action, id, reason, identity }: One): Promise<BulkResult> {
  try {
    const { state } = await commandOf(deps, action, id, actorOf(identity), reason)
    deps.events.ticketCommanded(action, id, identity, state.name)
    return { ticket_id: id, outcome: 'done', state: state.name }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const found = await deps.store.tickets.find(id)
    return { ticket_id: id, outcome: 'refused', state: found?.state.name ?? null, code: error.code, detail: error.message }
  }
}

function commandOf(deps: GatewayDeps, action: BulkAction, id: string, actor: Actor, reason: string | null): Promise<Ticket> {
  switch (action) {
    case 'approve':
      return approveTicket(deps, id, actor, undefined)
    case 'reject':
      return rejectTicket(deps, id, actor, reason)
    case 'retry':
      return retryTicket(deps, id, actor)
    case 'cancel':
      return cancelTicket(deps, id, actor, reason)
  }
}

/** A few at a time; the results in the order of the tickets. The first fault that is none of a ticket's ends it all. */
async function inTurns<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = all.entries()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [index, one] of waiting) results[index] = await run(one)
    }),
  )
  return results
}
