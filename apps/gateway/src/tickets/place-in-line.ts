import { type Bus, DOWNLOADS, stageJob } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'

/** Of a ticket that waits for its download; null where it does not, and while Redis is away. */
export async function placeInLine({ places }: Pick<Bus, 'places'>, { stage, ...ticket }: Ticket): Promise<number | null> {
  if (stage !== 'download') return null
  return places.standing(DOWNLOADS, stageJob({ ...ticket, stage }).id).catch(() => null)
}
