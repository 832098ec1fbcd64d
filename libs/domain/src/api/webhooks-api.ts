import { z } from 'zod'
import { queryInt } from './query.js'

/** What a consumer may choose of: the durable messages of the event stream. */
export const WEBHOOK_EVENTS = ['state_change', 'needs_approval', 'completed', 'failed'] as const
export const WebhookEvent = z.enum(WEBHOOK_EVENTS)
export type WebhookEvent = z.infer<typeof WebhookEvent>

/** Why deliveries stopped by themselves: it answered 410, or it is told of all tickets and its owner is no admin any more. */
export const WebhookOff = z.enum(['gone', 'owner_not_admin'])
export type WebhookOff = z.infer<typeof WebhookOff>

const moment = z.iso.datetime()
const count = z.number().int().nonnegative()

function isWebAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url !== undefined && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '' && url.hash === ''
}

export const NewWebhookBody = z.strictObject({
  url: z.string().max(2048).refine(isWebAddress, 'must be an http or https address without login and fragment'),
  events: z
    .array(WebhookEvent)
    .min(1)
    .max(WEBHOOK_EVENTS.length)
    .transform((events) => [...new Set(events)])
    .default([...WEBHOOK_EVENTS]),
  /** Of everybody's tickets, for admins; else of one's own. */
  all_tickets: z.boolean().default(false),
})
export type NewWebhookBody = z.infer<typeof NewWebhookBody>

export const WebhookView = z
  .object({
    id: z.uuid(),
    owner: z.string(),
    url: z.string(),
    events: z.array(WebhookEvent),
    all_tickets: z.boolean(),
    enabled: z.boolean(),
    /** `paused` by somebody, or why it was switched off. */
    off_reason: z.enum(['paused', ...WebhookOff.options]).nullable(),
    /** Failed attempts in a row. */
    failures: count,
    /** What wait to be delivered, and what could not be. */
    waiting: count,
    dead_letters: count,
    /** The last attempt; `error` is null where it went well. */
    last_delivery: z.object({ event_id: z.string(), at: moment, error: z.string().nullable() }).nullable(),
    created_at: moment,
  })
  .meta({ id: 'WebhookView' })
export type WebhookView = z.infer<typeof WebhookView>

export const WebhookList = z.object({ webhooks: z.array(WebhookView) })
export type WebhookList = z.infer<typeof WebhookList>

/** The secret that signs is shown this once. */
export const WebhookCreated = WebhookView.extend({ secret: z.string() })
export type WebhookCreated = z.infer<typeof WebhookCreated>

export const WebhookParams = z.strictObject({ hook: z.uuid() })
export const WebhookTested = z.object({ event_id: z.string() })
export type WebhookTested = z.infer<typeof WebhookTested>

const deliveryId = z.string().regex(/^\d{1,18}$/, 'must be the id of a dead letter')
export const DeadLetterParams = z.strictObject({ hook: z.uuid(), letter: deliveryId })
export const DeadLettersQuery = z.strictObject({ limit: queryInt(1, 200, 50), after: deliveryId.optional() })

export const DeadLetterView = z
  .object({
    id: z.string(),
    event_id: z.string(),
    event: z.string(),
    ticket_id: z.string().nullable(),
    attempts: count,
    error: z.string(),
    at: moment,
  })
  .meta({ id: 'DeadLetterView' })
export type DeadLetterView = z.infer<typeof DeadLetterView>

/** Oldest first; `next` is null on the last page. */
export const DeadLetterList = z.object({ dead_letters: z.array(DeadLetterView), next: z.string().nullable() })
export type DeadLetterList = z.infer<typeof DeadLetterList>

export const Replayed = z.object({ replayed: count })
export type Replayed = z.infer<typeof Replayed>
