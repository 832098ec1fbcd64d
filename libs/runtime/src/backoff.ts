import { setTimeout as delay } from 'node:timers/promises'

export interface BackoffOptions {
  initialMs: number
  maxMs: number
  /** Share of the pause that is left to chance, 0 to 1, so that many do not come back at the same moment. */
  jitter?: number
}

/** The pause after the given failed attempt (1 is the first): doubles each time up to the cap. */
export function backoffMs(attempt: number, { initialMs, maxMs, jitter = 0 }: BackoffOptions): number {
  const doublings = Math.min(Math.max(Math.trunc(attempt), 1) - 1, 1000)
  const pause = initialMs === 0 ? 0 : Math.min(initialMs * 2 ** doublings, maxMs)
  return pause * (1 - jitter * Math.random())
}

export interface RetryForeverOptions extends Partial<BackoffOptions> {
  signal: AbortSignal
  onError?(error: unknown, attempt: number, pauseMs: number): void
}

/** Tries until it goes well or the signal ends it: what a process does whose database is not there yet. */
export async function retryForever<T>(
  attemptOnce: (attempt: number) => Promise<T>,
  { signal, onError, initialMs = 250, maxMs = 5000, jitter = 0.2 }: RetryForeverOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    try {
      return await attemptOnce(attempt)
    } catch (error) {
      signal.throwIfAborted()
      const pauseMs = backoffMs(attempt, { initialMs, maxMs, jitter })
      onError?.(error, attempt, pauseMs)
      await delay(pauseMs, undefined, { signal })
    }
  }
}
