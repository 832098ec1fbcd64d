import type { QueuedJob } from '@torrentino/bus'
import type { StepEvent } from '@torrentino/domain'
import type { OutboxRow } from '@torrentino/store'
import type { PipelineDeps } from './deps.js'

/**
 * Tells Redis what a committed step asks for. A fault here is no fault of the step:
 * the outbox row stays, and the scheduler tells it later.
 */
export async function tell(deps: PipelineDeps, outboxId: string, jobs: QueuedJob[], step: StepEvent): Promise<void> {
  try {
    await Promise.all([deps.bus.jobs.add(jobs), deps.bus.publish.events([step])])
    await deps.store.outbox.remove(outboxId)
  } catch (error) {
    deps.log.warn('outbox not flushed, the scheduler will', { ticket_id: step.ticket_id, error })
  }
}

/** What a crash left behind, for the sweeper. */
export async function tellRows(deps: PipelineDeps, rows: OutboxRow[]): Promise<void> {
  const steps = await Promise.all(rows.map((row) => deps.store.steps.find(row.ticketId, row.version)))
  await deps.bus.jobs.add(rows.flatMap((row) => row.jobs))
  await deps.bus.publish.events(steps.filter((step) => step !== null))
}
