import { types } from 'node:util'
import { StageError } from '@torrentino/domain'
import { isDatabaseAway } from '@torrentino/store'
import type { RetryRules } from './deps.js'

/** What to do about a fault: again later, give up, or again soon because our own servers are away. */
export type Verdict =
  | { kind: 'retry'; dueAt: Date; code: string; message: string }
  | { kind: 'fail'; code: string; message: string; retryable: boolean }
  | { kind: 'infrastructure'; message: string }

const DEADLOCKS = new Set<unknown>(['40P01', '40001'])
const REDIS_AWAY =
  /Connection is closed|enableOfflineQueue|max retries per request|Command timed out|^OOM command not allowed|^LOADING |^READONLY /i

/** A fault of Postgres or Redis: it says nothing about the ticket, so it costs no attempt. */
export function isInfrastructure(error: unknown): error is Error {
  if (error instanceof StageError) return false
  if (!types.isNativeError(error)) return false
  return isDatabaseAway(error) || DEADLOCKS.has((error as { code?: unknown }).code) || REDIS_AWAY.test(error.message)
}

export function judge(error: unknown, attempts: number, rules: RetryRules, now: Date): Verdict {
  if (isInfrastructure(error)) return { kind: 'infrastructure', message: error.message }
  const { kind, code, message, retryAfterMs } = describe(error)
  if (kind === 'permanent') return { kind: 'fail', code, message, retryable: false }
  if (attempts + 1 >= rules.maxAttempts)
    return { kind: 'fail', code, message: `${message} (given up after ${attempts + 1} attempts)`, retryable: true }
  const pause = Math.min(rules.initialMs * 2 ** attempts, rules.maxMs)
  return { kind: 'retry', dueAt: new Date(now.getTime() + Math.max(pause, Math.min(retryAfterMs ?? 0, rules.maxMs))), code, message }
}

function describe(error: unknown): { kind: 'retryable' | 'permanent'; code: string; message: string; retryAfterMs?: number } {
  if (error instanceof StageError) return error
  // A fault that nobody foresaw: its text may hold anything, so people get a plain sentence and the log has the rest.
  return { kind: 'retryable', code: 'internal', message: 'an unexpected fault, see the log' }
}
