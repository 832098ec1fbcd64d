import { itemJob, type QueuedJob, stageJob } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'

export interface ItemRef {
  itemId: string
  idx: number
}

/** The jobs that a step hands out: none while the same turn goes on, one per item for a conversion, else one. */
export function nextJobs(before: Pick<Ticket, 'stageVersion'> | null, after: Ticket, items: ItemRef[] = []): QueuedJob[] {
  const { id, stage, stageVersion, priority } = after
  if (stage === null || before?.stageVersion === stageVersion) return []
  // The worker that completed a ticket tidies up after it on the spot; the rescue sees to it if that worker dies.
  if (after.state.name === 'completed') return []
  if (stage === 'convert') return items.map((item) => itemJob({ id, stageVersion, priority }, item))
  return [stageJob({ id, stage, stageVersion, priority })]
}
