import type { Bus } from '@torrentino/bus'
import type { Logger, Metrics, Tracer } from '@torrentino/runtime'
import type { Store } from '@torrentino/store'

export interface RetryRules {
  maxAttempts: number
  initialMs: number
  maxMs: number
  /** Runs of one turn that may die without a word before the ticket fails. */
  maxCrashes: number
}

export interface PipelineDeps {
  store: Store
  bus: Pick<Bus, 'jobs' | 'publish' | 'memory'>
  log: Logger
  metrics: Pick<Metrics, 'stageRun' | 'ticketCame'>
  tracer?: Pick<Tracer, 'tell'>
  /** The process, as the audit names it. */
  actor: string
  retry: RetryRules
  now(): Date
}
