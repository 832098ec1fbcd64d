import type { DeadLetterView, WebhookView } from '@torrentino/domain'
import type { DeadLetter, StoredWebhook } from '@torrentino/store'

export function webhookView(webhook: StoredWebhook): WebhookView {
  const { id, owner, url, events, allTickets, enabled, offReason, failures, waiting, deadLetters, lastDelivery, createdAt } = webhook
  return {
    ...{ id, owner, url, events, all_tickets: allTickets, enabled, off_reason: offReason, failures, waiting },
    ...{ dead_letters: deadLetters, last_delivery: lastDelivery, created_at: createdAt.toISOString() },
  }
}

export function deadLetterView({ id, eventId, event, ticketId, attempts, error, deadAt }: DeadLetter): DeadLetterView {
  return { id, event_id: eventId, event, ticket_id: ticketId, attempts, error: error ?? '', at: deadAt.toISOString() }
}
