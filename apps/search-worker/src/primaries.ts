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
const TELLING = new Set<StateName>(['search_failed', 'converting', 'completed', 'rejected', 'failed', 'cancelled'])
// A run that saw what was before may just be ending, its job not yet put off: then the first word wakes nobody.
const ONCE_MORE_MS = 1000

export function createPrimaries(promote: Bus['jobs']['promote'], onError: (error: unknown) => void): Primaries {
  const waiting = new Map<string, Map<string, Ticket>>()

  function wake(tickets: Iterable<Ticket>): void {
    for (const { id, stageVersion, priority } of tickets) {
      const job = stageJob({ id, stage: 'search', stageVersion, priority })
      promote(job.queue, job.id).catch(onError)
    }
  }

  function look(primaryId: string): void {
    const tickets = waiting.get(primaryId)
    if (!tickets) return
    waiting.delete(primaryId)
    wake(tickets.values())
    setTimeout(() => wake(tickets.values()), ONCE_MORE_MS).unref()
  }

  return {
    await(primaryId, ticket) {
      const tickets = waiting.get(primaryId) ?? new Map<string, Ticket>()
      waiting.set(primaryId, tickets.set(ticket.id, ticket))
    },
    onEvent(event) {
      if (event.kind === 'step' && TELLING.has(event.to)) look(event.ticket_id)
    },
    onHint(hint) {
      if (hint.kind === 'torrent_registered') look(hint.ticketId)
    },
  }
}
