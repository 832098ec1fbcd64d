import { type Actor, DomainError, type Ticket, type TransitionEvent } from '@torrentino/domain'
import { commitStep, type StepExtras } from '../commit-step.js'
import type { PipelineDeps } from '../deps.js'

export interface Change {
  event: TransitionEvent
  extras?: StepExtras
}

const TRIES = 10

/** A caller's change: decided on the ticket as it is, and decided anew when a worker was faster. */
export async function changeTicket(
  deps: PipelineDeps,
  id: string,
  actor: Actor,
  decide: (ticket: Ticket) => Change | Promise<Change>,
): Promise<Ticket> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const ticket = await deps.store.tickets.find(id)
    if (!ticket) throw new DomainError('not_found', `there is no ticket ${id}`)
    const { event, extras } = await decide(ticket)
    const done = await commitStep(deps, ticket, event, actor, extras)
    if (done) return done.ticket
  }
  throw new DomainError('conflict', 'the ticket is changing too fast; try again')
}
