export { ApiError, type ApiErrorCode } from './api-error.js'
export {
  type Abortable,
  type AuditFilter,
  type ByteRange,
  type Client,
  type ClientOptions,
  createClient,
  type NewTicketInput,
  type Paging,
  type TicketFilter,
} from './create-client.js'
export type { StreamOptions, StreamState } from './event-stream.js'
export type { Fetch } from './requester.js'
export { shardedPath } from './sharded-path.js'
export { type VerifyOptions, verifyWebhook, WebhookError } from './verify-webhook.js'
export type { WaitOptions } from './wait-for-ticket.js'
