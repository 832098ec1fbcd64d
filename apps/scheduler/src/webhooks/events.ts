import type { WebhookOff } from '@torrentino/domain'
import type { Logger, Metrics } from '@torrentino/runtime'
import type { WebhookTurn } from '@torrentino/store'

export interface Attempt {
  event_id: string
  attempt: number
  error: string
  dead: boolean
}

/** Addresses of consumers may carry keys, so none is named. */
export interface WebhookEvents {
  delivered(turn: WebhookTurn): void
  failed(turn: WebhookTurn, attempt: Attempt): void
  switchedOff(turn: WebhookTurn, reason: WebhookOff): void
  turnFailed(turn: WebhookTurn, error: unknown): void
}

export function createWebhookEvents(log: Logger, metrics: Pick<Metrics, 'counter'>): WebhookEvents {
  const attempts = metrics.counter('webhook_attempts_total', 'Attempts to deliver to webhooks', ['outcome'])
  return {
    delivered: () => attempts.inc({ outcome: 'delivered' }),
    failed({ id, owner }, attempt) {
      attempts.inc({ outcome: attempt.dead ? 'dead' : 'failed' })
      log.info('webhook not delivered', { webhook_id: id, owner, ...attempt })
    },
    switchedOff({ id, owner }, reason) {
      if (reason === 'gone') attempts.inc({ outcome: 'gone' })
      log.warn('webhook switched off', { webhook_id: id, owner, reason })
    },
    turnFailed: ({ id }, error) => log.warn('webhook turn broken off', { webhook_id: id, error }),
  }
}
