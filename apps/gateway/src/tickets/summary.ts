import { detailsOf, type Ticket, type TicketSummary } from '@torrentino/domain'

/** A ticket as lists and answers to commands show it. */
export function summaryOf(ticket: Ticket): TicketSummary {
  const { request } = ticket
  return {
    ticket_id: ticket.id,
    version: ticket.version,
    state: ticket.state.name,
    details: detailsOf(ticket.state),
    requested_by: ticket.requestedBy,
    content_type: request.content_type,
    priority: ticket.priority,
    dry_run: request.dry_run,
    search: request.search,
    attempts: ticket.attempts,
    due_at: ticket.dueAt?.toISOString() ?? null,
    last_error: ticket.lastError,
    created_at: ticket.createdAt.toISOString(),
    updated_at: ticket.updatedAt.toISOString(),
  }
}
