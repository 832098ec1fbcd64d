import { type Bus, DOWNLOADS, type Leaving, stageJob } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'
import type { Logger } from '@torrentino/runtime'
import type { Tickets } from '@torrentino/store'
import { createCounts } from './counts.js'

/** One of the places that the whole system has for running downloads. */
export interface Slots {
  /**
   * Calls `use` while holding a place, or answers null when it has to stand in line; then its job is woken when its turn comes.
   * A ticket that goes on at once keeps its place; should it not, the place ends by itself. One that could not use it keeps its turn.
   */
  withSlot<T>(ticket: InLine, use: () => Promise<T>, after?: (result: T) => 'keep' | 'unused' | 'used'): Promise<T | null>
  /** A ticket that somebody waits for finds no place. */
  isAwaited(): Promise<boolean>
}

type InLine = Pick<Ticket, 'id' | 'priority' | 'requestedBy' | 'stageVersion'> & { request: Pick<Ticket['request'], 'keep_only'> }

/** Behind every priority that a caller can give. */
const LAST = 4

export interface SlotDeps {
  bus: Pick<Bus, 'leases' | 'places' | 'jobs'>
  tickets: Pick<Tickets, 'stillOn'>
  places: number
  leaseMs: number
  log: Logger
}

/** Who stands in line asks again this often, also when nobody calls. */
export const IN_LINE_MS = 10_000
const PATIENCE_MS = 6 * IN_LINE_MS
const CALL_AGAIN_MS = 250

export function createSlots({ bus: { leases, places, jobs }, tickets, places: count, leaseMs, log }: SlotDeps): Slots {
  /** Runs of a ticket in this process: one that lost its job may still be ending while the next one is at work. */
  const runs = createCounts()

  let again: NodeJS.Timeout | undefined

  /** Wakes those who may come in, until they came: one who is just going to sleep does not hear it. */
  async function callNext(owner?: Leaving['owner']): Promise<void> {
    const called = await places.call(DOWNLOADS, count, { owner })
    if (called.length === 0) return
    const on = await tickets.stillOn(called.map(turnOf))
    const woken = await Promise.all(called.map((jobId) => on.has(keyOf(jobId)) && jobs.promote('download', jobId)))
    // Cancelled, say, while they stood in line: they must not stand before the others.
    const gone = called.filter((_, index) => !woken[index])
    if (gone.length > 0) await places.call(DOWNLOADS, count, { gone })
    again ??= setTimeout(() => {
      again = undefined
      callNext().catch(() => {})
    }, CALL_AGAIN_MS)
    again.unref()
  }

  return {
    async withSlot(ticket, use, after) {
      const { id, requestedBy: requester } = ticket
      const priority = ticket.request.keep_only ? LAST : ticket.priority
      const asker = { owner: id, member: stageJob({ ...ticket, stage: 'download' }).id, requester, priority }
      if ((await places.enter(DOWNLOADS, asker, { places: count, ttlMs: leaseMs, patienceMs: PATIENCE_MS })) > 0) {
        await callNext()
        return null
      }
      runs.add(id)
      const timer = setInterval(() => void leases.renew(DOWNLOADS, id, leaseMs).catch(() => {}), leaseMs / 3)
      let then: 'keep' | 'unused' | 'used' = 'used'
      try {
        const result = await use()
        then = after?.(result) ?? 'used'
        return result
      } finally {
        clearInterval(timer)
        const leaving = { owner: id, requester, priority, unused: then === 'unused' }
        if (runs.remove(id) && then !== 'keep')
          await callNext(leaving).catch((error) => log.warn('download place not given back, it ends by itself', { error }))
      }
    },
    isAwaited: () => places.isAwaited(DOWNLOADS, count, LAST),
  }
}

function turnOf(jobId: string): { id: string; stageVersion: number } {
  const [id = '', version = ''] = jobId.split('-download-')
  return { id, stageVersion: Number(version) }
}

function keyOf(jobId: string): string {
  const { id, stageVersion } = turnOf(jobId)
  return `${id}/${stageVersion}`
}
