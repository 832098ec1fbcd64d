import { EventEmitter } from 'node:events'

/** Waits that look again whenever their torrent changed. Nothing is polled, and no wait depends on a run of the engine. */
export class Waits {
  private readonly changes = new EventEmitter().setMaxListeners(0)

  changed(held: { infoHash: string }): void {
    this.changes.emit(held.infoHash)
  }

  /** Until `test` gives a value or throws. */
  until<T>(held: { infoHash: string }, signal: AbortSignal | undefined, test: () => T | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const finish = (end: () => void) => {
        this.changes.off(held.infoHash, check)
        signal?.removeEventListener('abort', check)
        end()
      }
      const check = () => {
        try {
          signal?.throwIfAborted()
          const value = test()
          if (value !== undefined) finish(() => resolve(value))
        } catch (error) {
          finish(() => reject(error))
        }
      }
      this.changes.on(held.infoHash, check)
      signal?.addEventListener('abort', check, { once: true })
      check()
    })
  }
}

/** Stops waiting when the signal says so; the work itself goes on. */
export async function abortable<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  })
}
