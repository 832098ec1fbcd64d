import { itemJob, type QueuedJob, stageJob } from '@torrentino/bus'
import { isPaused, StageError, type Ticket } from '@torrentino/domain'
import { type ItemRef, longestFirst } from './longest-first.js'

/** The jobs that a step hands out: none while the same turn goes on or is paused, one per item for a conversion, else one. */
export function nextJobs(before: Pick<Ticket, 'stageVersion' | 'stage'> | null, after: Ticket, items: ItemRef[] = []): QueuedJob[] {
  const { id, stage, stageVersion, priority } = after
  if (stage === null || before?.stageVersion === stageVersion) return []
  // Its resumption is a turn of its own.
  if (isPaused(after.state)) return []
  // The worker that placed a ticket's files tidies up after it on the spot; the rescue sees to it if that worker dies.
  if (after.state.name === 'completed' && before?.stage === 'place') return []
  if (stage === 'convert') return itemJobs(after, items)
  return [stageJob({ id, stage, stageVersion, priority })]
}

/** Longest first, in turns with those of other tickets. */
export function itemJobs(ticket: Ticket, items: readonly ItemRef[]): QueuedJob[] {
  // Nothing would ever lead on from it.
  if (items.length === 0) throw new StageError('permanent', 'no_items', 'there is nothing to convert')
  return longestFirst(ticket, items).map((item, round) => itemJob(ticket, item, round))
}
