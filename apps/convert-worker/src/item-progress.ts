import type { Bus } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'
import type { TicketItemRow } from '@torrentino/store'

const EVENT_MS = 500

/** Progress of one item to whoever listens, at most twice a second. */
export function progressOf(publish: Bus['publish'], ticket: Ticket, item: TicketItemRow, name: string): (pct: number) => void {
  let told = 0
  return (pct) => {
    const now = Date.now()
    if (now - told < EVENT_MS && pct < 100) return
    told = now
    const event = { kind: 'progress' as const, ticket_id: ticket.id, requested_by: ticket.requestedBy, stage: 'convert' as const }
    publish.events([{ ...event, progress_pct: pct, item_id: item.itemId, item_name: name }]).catch(() => {})
  }
}
