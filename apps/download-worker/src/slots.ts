import type { Bus } from '@torrentino/bus'
import type { Logger } from '@torrentino/runtime'

/** One of the places that the whole system has for running downloads. */
export interface Slots {
  /**
   * Calls `use` while holding a place, or answers null when all are taken; then the job stands in line and is woken.
   * A ticket that goes on at once keeps its place; should it not, the place ends by itself.
   */
  withSlot<T>(
    ticket: { id: string; priority: number; jobId: string },
    use: () => Promise<T>,
    goesOn?: (result: T) => boolean,
  ): Promise<T | null>
}

const NAME = 'downloads'

export function createSlots(bus: Pick<Bus, 'leases' | 'jobs'>, places: number, leaseMs: number, log: Logger): Slots {
  const { leases, jobs } = bus
  /** Runs of a ticket in this process: one that lost its job may still be ending while the next one is at work. */
  const runs = new Map<string, number>()

  /** Whoever leaves a place wakes the next in line; should that word be lost, the next one's own pause ends it. */
  async function leave(ticketId: string): Promise<void> {
    await leases.release(NAME, ticketId)
    for (let next = await leases.first(NAME); next !== null; next = await leases.first(NAME)) {
      if (await jobs.promote('download', next)) return
      // Cancelled while it stood in line: it must not stand before the others.
      await leases.unqueue(NAME, next)
    }
  }

  function ended(ticketId: string): boolean {
    const left = (runs.get(ticketId) ?? 1) - 1
    if (left > 0) runs.set(ticketId, left)
    else runs.delete(ticketId)
    return left <= 0
  }

  return {
    async withSlot(ticket, use, goesOn) {
      const { id, priority, jobId } = ticket
      if (!(await leases.take(NAME, id, places, leaseMs))) {
        await leases.queue(NAME, jobId, priority * 1e13 + Date.now())
        return null
      }
      runs.set(id, (runs.get(id) ?? 0) + 1)
      const timer = setInterval(() => void leases.renew(NAME, id, leaseMs).catch(() => {}), leaseMs / 3)
      let keep = false
      try {
        await leases.unqueue(NAME, jobId)
        const result = await use()
        keep = goesOn?.(result) ?? false
        return result
      } finally {
        clearInterval(timer)
        if (ended(id) && !keep) await leave(id).catch((error) => log.warn('download place not given back, it ends by itself', { error }))
      }
    },
  }
}
