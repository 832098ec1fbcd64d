import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { mountSilent, withinLimit } from '../place/within-limit.js'

/** Throws `mount_silent` where a file cannot be read because its volume does not answer; what else is wrong with it is for others to say. */
export type ReadableGuard = (path: string) => Promise<void>

interface Look {
  ended: Promise<void>
  overdueAt: number
}

/**
 * Nothing can stop a read from a dead mount, and the process has few threads for files. So there is one look at a time into a
 * folder, and while one that was given up goes on, nobody waits for another.
 */
export function createReadableGuard(limitMs: number): ReadableGuard {
  const looks = new Map<string, Look>()
  return async (path) => {
    const folder = dirname(path)
    const running = looks.get(folder)
    if (running && running.overdueAt <= performance.now()) throw mountSilent(folder, limitMs)
    const look = running ?? { ended: readFirst(path), overdueAt: performance.now() + limitMs }
    if (!running) {
      looks.set(folder, look)
      void look.ended.then(() => looks.delete(folder))
    }
    await withinLimit(look.ended, limitMs, folder)
  }
}

/** A byte of it: what a name is, the machine may remember. */
async function readFirst(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => undefined)
  await file?.read(Buffer.alloc(1), 0, 1, 0).catch(() => {})
  await file?.close().catch(() => {})
}
