import { type AuditEvent, STATES } from '@torrentino/domain'
import { type Config, configHash, type Logger, type Metrics } from '@torrentino/runtime'
import type { WarmingBudget } from '@torrentino/store'
import type { RetryRules } from './deps.js'

export const VERSION = process.env.npm_package_version ?? '0.5.0'

export function retryRules({ processing }: Config): RetryRules {
  return {
    maxAttempts: processing.retry_max_attempts,
    initialMs: processing.retry_initial_delay_secs * 1000,
    maxMs: processing.retry_max_delay_secs * 1000,
    maxCrashes: processing.max_crashes,
  }
}

/** Where nothing is removed to make room, only the warmer's own budget counts. */
export function warmingBudget({ cache_warmer, torrent }: Config): WarmingBudget {
  const own = cache_warmer.enabled ? cache_warmer.storage_budget_gb * 1e9 : 0
  return { own, all: torrent.cleanup_policy === 'manual' ? Number.POSITIVE_INFINITY : torrent.storage_budget_gb * 1e9 }
}

export function startedEvent(service: string, config: Config): AuditEvent {
  return { type: 'ServiceStarted', payload: { service, version: VERSION, config_hash: configHash(config) } }
}

export function stoppedEvent(service: string): AuditEvent {
  return { type: 'ServiceStopped', payload: { service, reason: 'stopped' } }
}

/** An outage makes hundreds of equal errors: one line a second is enough. */
export function quietly(log: Logger): (error: Error) => void {
  let last = 0
  return (error) => {
    if (Date.now() - last < 1000) return
    last = Date.now()
    log.warn('redis connection', { error })
  }
}

/** So that the first ticket that comes into a state is seen as a rise of its count. */
export function showAllStates(metrics: Pick<Metrics, 'ticketCame'>): void {
  for (const state of STATES) metrics.ticketCame(state, 0)
}
