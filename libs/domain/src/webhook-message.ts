import type { ClientMessage } from './events.js'

/** Say who calls, of what, and that it was us; the same over all attempts but for the signature. */
export const WEBHOOK_HEADERS = {
  event: 'X-Torrentino-Event',
  eventId: 'X-Torrentino-Event-Id',
  signature: 'X-Torrentino-Signature',
} as const

export type WebhookStepMessage = Exclude<ClientMessage, { type: 'progress' }>

/** The body of a delivery. `event_id` is the same at every attempt: who has seen it has seen this message. */
export type WebhookMessage = { event_id: string; webhook_id: string } & (
  | (WebhookStepMessage & {
      /** Too large to be sent whole: details, candidates and stats are left out; ask for the ticket. */
      truncated?: true
    })
  | { type: 'test'; at: string }
)

/** What is signed with the secret, by HMAC-SHA-256. */
export function signedText(unixSecs: number, body: string): string {
  return `${unixSecs}.${body}`
}
