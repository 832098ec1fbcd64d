import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Leases } from '@torrentino/bus'
import { StageError } from '@torrentino/domain'

export interface FileLeaseOptions {
  leases: Leases
  ticketId: string
  /** How long the holder may be silent before another may take it. */
  leaseMs: number
  /** How long to wait for another that is about to end. */
  patienceMs?: number
  /** Settled when no file operation is under way: one that was given up may still happen. */
  settled?: () => Promise<void>
}

export interface FileLease {
  /** Throws when another has it by now: this process was silent for too long. */
  confirm(): Promise<void>
}

const ASK_MS = 50
const SETTLE_MS = 1000

/**
 * Only one at a time moves files of a ticket: a placement that is being stopped and the clean-up after it must not meet,
 * in different processes or in one.
 */
export async function withFileLease<T>(options: FileLeaseOptions, use: (lease: FileLease) => Promise<T>): Promise<T> {
  const { leases, ticketId, leaseMs, patienceMs = 0, settled } = options
  const name = `files:${ticketId}`
  const owner = randomUUID()
  const take = () => leases.take(name, owner, 1, leaseMs)
  const deadline = Date.now() + patienceMs
  while (!(await take())) {
    if (Date.now() >= deadline) throw filesBusy()
    await delay(ASK_MS)
  }
  const timer = setInterval(() => void take().catch(() => {}), leaseMs / 3)
  try {
    return await use({
      async confirm() {
        if (!(await take())) throw filesBusy()
      },
    })
  } finally {
    const release = async () => {
      clearInterval(timer)
      await leases.release(name, owner).catch(() => {})
    }
    // Whoever waits for the end of a dead mount keeps the lease, but need not keep the caller.
    if (settled) await Promise.race([settled().then(release), delay(SETTLE_MS, undefined, { ref: false })])
    else await release()
  }
}

const FILES_BUSY = 'files_busy'

function filesBusy(): StageError {
  return new StageError('retryable', FILES_BUSY, 'another process moves files of this ticket')
}

export function isFilesBusy(error: unknown): boolean {
  return error instanceof StageError && error.code === FILES_BUSY
}
