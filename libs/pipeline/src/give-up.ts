import { CACHE_WARMER, isTerminal, STAGE_OF_STATE, type Ticket, type TicketState } from '@torrentino/domain'
import type { Outcome } from './stage.js'

type Step = Outcome & { kind: 'step' }

/** The end of a ticket that nobody waits for. */
export function giveUp(reason: string, now: Date): Step {
  return {
    kind: 'step',
    type: 'given_up',
    state: { name: 'cancelled', cancelled_by: CACHE_WARMER, reason, cancelled_at: now.toISOString() },
    reason,
    audit: [{ type: 'TicketCancelled', payload: { cancelled_by: CACHE_WARMER, reason } }],
  }
}

/** Where a human would have to go on, a ticket that nobody waits for ends; what was found out on the way is kept. */
export function askingNobody({ request }: Ticket, outcome: Outcome, now: Date): Outcome {
  if (!request.keep_only || outcome.kind !== 'step' || !isForHumans(outcome.state)) return outcome
  const end = giveUp(outcome.reason ?? reasonOf(outcome.state), now)
  const known = (outcome.audit ?? []).filter(({ type }) => type !== 'ApprovalRequested')
  return { ...outcome, ...end, audit: [...known, ...(end.audit ?? [])] }
}

function isForHumans({ name }: TicketState): boolean {
  return STAGE_OF_STATE[name] === null && !isTerminal(name)
}

function reasonOf(state: TicketState): string {
  return state.name === 'needs_approval' ? `nothing is sure enough to be taken unasked: ${state.reason.type}` : 'nothing was found'
}
