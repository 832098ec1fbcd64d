import type { Bus } from '@torrentino/bus'
import type { Logger } from '@torrentino/runtime'

/** One of the places that the whole system has for running downloads. */
export interface Slots {
  /** Calls `use` while holding a place, or answers null when all are taken; then the job stands in line and is woken. */
  withSlot<T>(ticket: { id: string; priority: number; jobId: string }, use: () => Promise<T>): Promise<T | null>
}

const NAME = 'downloads'

export function createSlots(bus: Pick<Bus, 'leases' | 'jobs'>, places: number, leaseMs: number, log: Logger): Slots {
  const { leases, jobs } = bus

  /** Whoever leaves a place wakes the next in line; should that word be lost, the next one's own pause ends it. */
  async function leave(ticketId: string): Promise<void> {
    await leases.release(NAME, ticketId)
    const next = await leases.first(NAME)
    if (next !== null) await jobs.promote('download', next)
  }

  return {
    async withSlot(ticket, use) {
      const { id, priority, jobId } = ticket
      if (!(await leases.take(NAME, id, places, leaseMs))) {
        await leases.queue(NAME, jobId, priority * 1e13 + Date.now())
        return null
      }
      await leases.unqueue(NAME, jobId)
      const timer = setInterval(() => void leases.renew(NAME, id, leaseMs).catch(() => {}), leaseMs / 3)
      try {
        return await use()
      } finally {
        clearInterval(timer)
        await leave(id).catch((error) => log.warn('download place not given back, it ends by itself', { error }))
      }
    },
  }
}
