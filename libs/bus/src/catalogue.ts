import { STAGES, type Stage } from '@torrentino/domain'
import { z } from 'zod'

/** Payloads carry ids and the version of the turn; the database holds the truth. New fields must be optional: old jobs may be queued. */
export const StageJobData = z.object({ ticketId: z.uuid(), stageVersion: z.int().nonnegative(), stallsSeen: z.int().optional() })
export type StageJobData = z.infer<typeof StageJobData>

export const ItemJobData = StageJobData.extend({ itemId: z.string(), itemIdx: z.int().nonnegative() })
export type ItemJobData = z.infer<typeof ItemJobData>

/** Every queue and what its jobs carry. */
export const CATALOGUE = {
  search: StageJobData,
  match: StageJobData,
  download: StageJobData,
  convert: ItemJobData,
  place: StageJobData,
  cleanup: StageJobData,
} as const satisfies Record<Stage, z.ZodType>

export const QUEUES = STAGES

export interface QueuedJob {
  queue: string
  id: string
  data: Record<string, unknown>
  priority: number
  /** Its place in a bundle of jobs that takes turns with other bundles; without one it stands behind all of its priority. */
  round?: number
}

interface Turn {
  id: string
  stage: Stage
  stageVersion: number
  priority: number
}

/** The id is made of what the job does, so that handing it out twice makes one job. */
export function stageJob({ id, stage, stageVersion, priority }: Turn): QueuedJob {
  return { queue: stage, id: `${id}-${stage}-${stageVersion}`, data: { ticketId: id, stageVersion }, priority }
}

export function itemJob(
  { id, stageVersion, priority }: Omit<Turn, 'stage'>,
  item: { itemId: string; idx: number },
  round: number,
): QueuedJob {
  return {
    queue: 'convert',
    id: `${id}-convert-${stageVersion}-${item.idx}`,
    data: { ticketId: id, stageVersion, itemId: item.itemId, itemIdx: item.idx },
    priority,
    round,
  }
}
