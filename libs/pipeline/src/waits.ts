import type { Bus } from '@torrentino/bus'
import { type Ticket, TicketWait } from '@torrentino/domain'

/** A wait is told a little longer than it lasts, so that one that goes on is seen without gaps. */
const SPARE_MS = 5000

type Waiting = Pick<Ticket, 'id' | 'version'>

/** For people alone: nothing is decided by it, so it lies where it may be lost. A step makes it moot, since it belongs to a version. */
export async function noteWait({ memory }: Pick<Bus, 'memory'>, ticket: Waiting, wait: TicketWait, ms: number): Promise<void> {
  await memory.put(keyOf(ticket), Buffer.from(JSON.stringify(wait)), ms + SPARE_MS).catch(() => {})
}

/** Why the ticket waits; null also where Redis cannot tell. */
export async function readWait({ memory }: Pick<Bus, 'memory'>, ticket: Waiting): Promise<TicketWait | null> {
  const noted = await memory.get(keyOf(ticket)).catch(() => null)
  if (noted === null) return null
  return TicketWait.safeParse(JSON.parse(noted.toString())).data ?? null
}

function keyOf({ id, version }: Waiting): string {
  return `wait:${id}-${version}`
}
