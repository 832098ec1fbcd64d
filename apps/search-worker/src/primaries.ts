import { type Bus, type Hint, stageJob } from '@torrentino/bus'
import type { BusEvent, StateName, Ticket } from '@torrentino/domain'

/** Tickets of this process that wait for other tickets. What it forgets at its end, the jobs put off find out a little later. */
export interface Primaries {
  /** The ticket waits for that one from now on. */
  await(primaryId: string, ticket: Ticket): void
  onEvent(event: BusEvent): void
  onHint(hint: Hint): void
}

/** Where a ticket has come to one of these, whoever waits for it looks again. */
const TELLING = new Set<StateName>(['pending', 'search_failed', 'converting', 'completed', 'rejected', 'failed', 'cancelled'])
/** The same within a state: nobody waits for one that is paused, or waits itself. */
const TELLING_CAUSES = new Set(['pause', 'link'])
// A run that saw what was before may just be ending, its job not yet put off: then the first word wakes nobody.
const ONCE_MORE_MS = [1000, 3000, 9000]

export function createPrimaries(promote: Bus['jobs']['promote'], onError: (error: unknown) => void): Primaries {
  const waiting = new Map<string, Map<string, Ticket>>()

  function wake(primaryId: string, tickets: readonly Ticket[], pauses: readonly number[]): void {
    const gone = new Set<string>()
    for (const { id, stageVersion, priority } of tickets) {
      const job = stageJob({ id, stage: 'search', stageVersion, priority })
      promote(job.queue, job.id).then((found) => found || gone.add(id), onError)
    }
    const [pause, ...later] = pauses
    if (pause === undefined) return
    setTimeout(() => {
      // Who waits again has looked since.
      const again = waiting.get(primaryId)
      const left = tickets.filter(({ id }) => !gone.has(id) && !again?.has(id))
      if (left.length > 0) wake(primaryId, left, later)
    }, pause).unref()
  }

  function look(primaryId: string): void {
    const tickets = waiting.get(primaryId)
    if (!tickets) return
    waiting.delete(primaryId)
    wake(primaryId, [...tickets.values()], ONCE_MORE_MS)
  }

  return {
    await(primaryId, ticket) {
      const tickets = waiting.get(primaryId) ?? new Map<string, Ticket>()
      waiting.set(primaryId, tickets.set(ticket.id, ticket))
    },
    onEvent(event) {
      if (event.kind === 'step' && (TELLING.has(event.to) || TELLING_CAUSES.has(event.cause))) look(event.ticket_id)
    },
    onHint(hint) {
      if (hint.kind === 'torrent_registered') look(hint.ticketId)
    },
  }
}
