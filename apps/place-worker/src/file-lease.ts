import type { Leases } from '@torrentino/bus'
import { StageError } from '@torrentino/domain'

const TTL_MS = 6000

/** Only one process at a time moves files of a ticket: a placement that is being stopped and the clean-up after it must not meet. */
export async function withFileLease<T>(leases: Leases, ticketId: string, owner: string, use: () => Promise<T>): Promise<T> {
  const name = `files:${ticketId}`
  if (!(await leases.take(name, owner, 1, TTL_MS))) throw new FilesBusy()
  const timer = setInterval(() => void leases.renew(name, owner, TTL_MS).catch(() => {}), TTL_MS / 3)
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
