import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Leases } from '@torrentino/bus'
import { StageError } from '@torrentino/domain'

export interface FileLease {
  leases: Leases
  ticketId: string
  /** How long the holder may be silent before another may take it. */
  leaseMs: number
  /** How long to wait for another that is about to end. */
  patienceMs?: number
}

const ASK_MS = 50

/**
 * Only one at a time moves files of a ticket: a placement that is being stopped and the clean-up after it must not meet,
 * in different processes or in one.
 */
export async function withFileLease<T>({ leases, ticketId, leaseMs, patienceMs = 0 }: FileLease, use: () => Promise<T>): Promise<T> {
  const name = `files:${ticketId}`
  const owner = randomUUID()
  const deadline = Date.now() + patienceMs
  while (!(await leases.take(name, owner, 1, leaseMs))) {
    if (Date.now() >= deadline) throw new FilesBusy()
    await delay(ASK_MS)
  }
  const timer = setInterval(() => void leases.renew(name, owner, leaseMs).catch(() => {}), leaseMs / 3)
  try {
    return await use()
  } finally {
    clearInterval(timer)
    await leases.release(name, owner).catch(() => {})
  }
}

export class FilesBusy extends StageError {
  constructor() {
    super('retryable', 'files_busy', 'another process moves files of this ticket')
  }
}
