import type { StateName } from '@torrentino/domain'
import type { Identity, RequestEnd } from '@torrentino/http'
import type { Logger, Metrics } from '@torrentino/runtime'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60]

export type WebhookCommand = 'create' | 'delete' | 'pause' | 'resume' | 'test' | 'replay'

/** What happens at the gateway, one function each: it logs and counts. */
export interface GatewayEvents {
  requestEnded(end: RequestEnd): void
  requestFailed(error: unknown, requestId: string, unexpected: boolean): void
  ticketPosted(ticketId: string, identity: Identity, outcome: 'created' | 'repeated'): void
  ticketCommanded(command: string, ticketId: string, identity: Identity, state: StateName): void
  auditExported(identity: Identity, entries: number, outcome: 'complete' | 'cut short'): void
  decisionUnreadable(ticketId: string, why: string): void
  fileServed(ticketId: string, itemId: string, outcome: 'complete' | 'cut short'): void
  indexerTested(indexer: string, identity: Identity, success: boolean): void
  catalogChanged(command: 'pin' | 'unpin' | 'remove', infoHash: string, identity: Identity): void
  tokensChanged(command: 'create' | 'revoke', tokenId: string, identity: Identity): void
  webhooksChanged(command: WebhookCommand, webhookId: string, identity: Identity): void
  /** It could not be found out who calls. */
  callerNotFound(method: string, error: unknown): void
  /** Nobody knows how often they come; they are let in. */
  callersNotCounted(error: unknown): void
  redisWarned(warning: string): void
}

export function createEvents(log: Logger, metrics: Pick<Metrics, 'counter' | 'histogram'>): GatewayEvents {
  const requests = metrics.histogram('http_request_seconds', 'Duration of requests', SECONDS, ['method', 'route', 'status'])
  const faults = metrics.counter('http_faults_total', 'Requests that failed through no fault of the caller', ['kind'])
  const posted = metrics.counter('tickets_posted_total', 'Tickets posted', ['outcome'])
  const commands = metrics.counter('ticket_commands_total', 'Commands given to tickets', ['command'])
  const exported = metrics.counter('audit_entries_exported_total', 'Audit entries exported')
  const files = metrics.counter('files_served_total', 'Placed files sent to callers', ['outcome'])
  return {
    requestEnded({ method, route, status, seconds, requestId }) {
      requests.observe({ method: knownMethod(method), route, status: `${Math.floor(status / 100)}xx` }, seconds)
      log.debug('request', { method, route, status, seconds, request_id: requestId })
    },
    requestFailed(error, request_id, unexpected) {
      faults.inc({ kind: unexpected ? 'unexpected' : 'unavailable' })
      if (unexpected) log.error('request failed', { request_id, error })
      else log.warn('request refused, a server is away', { request_id, error })
    },
    ticketPosted(ticket_id, { userId }, outcome) {
      posted.inc({ outcome })
      log.info('ticket posted', { ticket_id, by: userId, outcome })
    },
    ticketCommanded(command, ticket_id, { userId }, state) {
      commands.inc({ command })
      log.info('ticket commanded', { ticket_id, command, by: userId, state })
    },
    auditExported({ userId }, entries, outcome) {
      exported.inc(entries)
      log.info('audit exported', { by: userId, entries, outcome })
    },
    decisionUnreadable: (ticket_id, why) => log.warn('decision left out of the training data', { ticket_id, why }),
    fileServed(ticket_id, item_id, outcome) {
      files.inc({ outcome })
      log.debug('file served', { ticket_id, item_id, outcome })
    },
    indexerTested: (indexer, { userId }, success) => log.info('indexer tested', { indexer, by: userId, success }),
    catalogChanged: (command, info_hash, { userId }) => log.info('catalog changed', { command, info_hash, by: userId }),
    tokensChanged: (command, token_id, { userId }) => log.info('tokens changed', { command, token_id, by: userId }),
    webhooksChanged: (command, webhook_id, { userId }) => log.info('webhooks changed', { command, webhook_id, by: userId }),
    callerNotFound: (method, error) => log.warn('it cannot be found out who calls', { method, error }),
    callersNotCounted: (error) => log.warn('callers are not counted', { error }),
    redisWarned: (warning) => log.warn('redis persistence', { warning }),
  }
}

/** Callers may invent methods; a label must not have as many values. */
function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'].includes(method) ? method : 'other'
}
