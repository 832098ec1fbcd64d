import type { StepEvent } from '@torrentino/domain'
import type { Steps } from '@torrentino/store'
import { deliveryOf, seqBefore } from './delivery.js'
import type { Recent } from './recent.js'
import type { Slots } from './slots.js'
import type { StreamClient } from './stream-client.js'

const PAGE = 200
/** A client that has this much before it is waited for. */
const HIGH_WATER = 128 * 1024

export interface ReplayDeps {
  steps: Pick<Steps, 'between'>
  recent: Recent
  position(): number | null
  slots: Slots
}

/**
 * Sends what the client missed, page by page at its own pace, and makes it live. The last stretch comes from memory in the
 * same turn of the event loop that makes it live: nothing can come in between, so the seam has no gap and no double.
 */
export async function replay(client: StreamClient, { steps, recent, position, slots }: ReplayDeps): Promise<void> {
  let seq = seqBefore(client.after)
  while (client.isOpen()) {
    const rest = recent.after(seq)
    if (rest) {
      for (const delivery of rest) client.deliver(delivery)
      client.live = true
      return
    }
    const upTo = position()
    if (upTo === null) return
    const page = await slots.run(() => readPage(steps, client, seq, upTo))
    for (const step of page.steps) {
      client.deliver(deliveryOf(step))
      if (client.backlog() > HIGH_WATER) await client.drained()
    }
    seq = page.reached
    await client.drained()
  }
}

interface Page {
  steps: StepEvent[]
  /** Everything up to here is in the page or does not concern the client. */
  reached: number
}

async function readPage(steps: Pick<Steps, 'between'>, { wish }: StreamClient, after: number, upTo: number): Promise<Page> {
  const tickets: (string | undefined)[] = wish.ticketIds ? [...wish.ticketIds] : [undefined]
  const found: StepEvent[] = []
  let reached = upTo
  for (const ticketId of tickets) {
    const some = await steps.between(after, reached, PAGE, ticketId)
    found.push(...some)
    if (some.length === PAGE) reached = Math.min(reached, some.at(-1)?.seq ?? reached)
  }
  return { steps: found.filter((step) => step.seq <= reached).sort((a, b) => a.seq - b.seq), reached }
}
