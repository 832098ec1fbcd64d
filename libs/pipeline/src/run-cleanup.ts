import type { JobEnd, RunningJob } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'
import type { PipelineDeps } from './deps.js'
import { DONE, isTurn, later } from './run-stage.js'
import { tellRun } from './tracing.js'

const AGAIN_MS = 10_000

/** Takes away what an ended ticket left behind. Runs until it succeeds: nothing else depends on it. */
export function cleanupHandler(cleanUp: (ticket: Ticket) => Promise<void>, deps: PipelineDeps) {
  return async (job: RunningJob<'cleanup'>): Promise<JobEnd> => {
    const { ticketId, stageVersion } = job.data
    const beganMs = Date.now()
    try {
      const ticket = await deps.store.tickets.find(ticketId)
      if (!isTurn(ticket, 'cleanup', stageVersion)) return DONE
      await cleanUp(ticket)
      await deps.store.tickets.endCleanup(ticketId, stageVersion)
      tellRun(deps.tracer, ticket, { name: 'cleanup run', beganMs, result: 'done' })
      deps.metrics.stageRun('cleanup', 'done', 0)
      return DONE
    } catch (error) {
      deps.log.warn('clean-up failed, will be tried again', { ticket_id: ticketId, error })
      deps.metrics.stageRun('cleanup', 'retry', 0)
      return later(deps, AGAIN_MS)
    }
  }
}
