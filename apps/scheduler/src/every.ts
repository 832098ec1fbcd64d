import { setTimeout as delay } from 'node:timers/promises'
import type { ProcessContext } from '@torrentino/runtime'

/** Runs the task again and again with the pause in between, until the stop; a fault waits for the next time. */
export function every(ctx: ProcessContext, name: string, pauseMs: number, task: () => Promise<void>): void {
  async function loop(): Promise<void> {
    while (!ctx.signal.aborted) {
      await task().catch((error) => ctx.log.warn('timed work failed', { task: name, error }))
      await delay(pauseMs, undefined, { signal: ctx.signal }).catch(() => {})
    }
  }
  const ended = loop()
  ctx.onStop(name, () => ended)
}
