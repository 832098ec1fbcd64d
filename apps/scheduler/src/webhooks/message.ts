import { messagesOfStep, type StepEvent, type WebhookMessage, type WebhookStepMessage } from '@torrentino/domain'
import type { DueDelivery, NewDelivery, WebhookTurn } from '@torrentino/store'

const MOST_BYTES = 256 * 1024

/** What of these steps a webhook is to be told. */
export function deliveriesOf({ events, allTickets, owner }: WebhookTurn, steps: readonly StepEvent[]): NewDelivery[] {
  return steps
    .filter((step) => allTickets || step.requested_by === owner)
    .flatMap((step) =>
      messagesOfStep(step)
        .filter(({ type }) => events.includes(type))
        .map(({ id, type, ticket_id }) => ({ eventId: String(id), event: type, seq: step.seq, ticketId: ticket_id })),
    )
}

/** The body, the same at every attempt: it is made of the step as that was written. Null: there is no such message. */
export function bodyOf(turn: WebhookTurn, { eventId }: DueDelivery, step: StepEvent): string | null {
  const frame = { event_id: eventId, webhook_id: turn.id }
  const message = messagesOfStep(step).find(({ id }) => String(id) === eventId)
  if (!message) return null
  const body = JSON.stringify({ ...frame, ...message } satisfies WebhookMessage)
  return Buffer.byteLength(body) <= MOST_BYTES
    ? body
    : JSON.stringify({ ...frame, ...shortened(message), truncated: true } satisfies WebhookMessage)
}

export function testBody({ id }: WebhookTurn, { eventId, createdAt }: DueDelivery): string {
  return JSON.stringify({ event_id: eventId, webhook_id: id, type: 'test', at: createdAt.toISOString() } satisfies WebhookMessage)
}

function shortened(message: WebhookStepMessage): WebhookStepMessage {
  switch (message.type) {
    case 'state_change':
      return { ...message, details: {} }
    case 'needs_approval':
      return { ...message, details: {}, candidates: [] }
    case 'completed':
      return { ...message, stats: null }
    case 'failed':
      return { ...message, error: message.error.slice(0, 1000) }
  }
}
