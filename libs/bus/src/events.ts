import { BusEvent } from '@torrentino/domain'
import type { Redis } from 'ioredis'
import { z } from 'zod'

/** Word between processes of ours. Lost ones cost time, never correctness. */
export const Hint = z.discriminatedUnion('kind', [
  /** Whoever seeds this torrent lets go of it, since another worker needs more of it. */
  z.object({ kind: z.literal('release_torrent'), infoHash: z.string() }),
  /** A ticket has ended its use of this torrent: see whether it can be cleaned up. */
  z.object({ kind: z.literal('review_torrent'), infoHash: z.string() }),
  /** What the ticket's torrent holds stands in the catalog: whoever waits for this ticket can see whether that is enough. */
  z.object({ kind: z.literal('torrent_registered'), ticketId: z.string() }),
])
export type Hint = z.infer<typeof Hint>

const PULSE_MS = 10_000

export interface Publisher {
  events(events: BusEvent[]): Promise<void>
  hint(hint: Hint): Promise<void>
}

export interface Subscription {
  close(): Promise<void>
}

export function createPublisher(redis: Redis, prefix: string): Publisher {
  return {
    async events(events) {
      await Promise.all(events.map((event) => redis.publish(`${prefix}:events`, JSON.stringify(event))))
    },
    async hint(hint) {
      await redis.publish(`${prefix}:hints`, JSON.stringify(hint))
    },
  }
}

export interface Listeners {
  onEvent?(event: BusEvent): void
  onHint?(hint: Hint): void
  /** Subscribed, for the first time or again after an outage: what was published in between is lost. */
  onReady?(): void
  onError(error: Error): void
}

export async function subscribe(redis: Redis, prefix: string, listeners: Listeners): Promise<Subscription> {
  const events = `${prefix}:events`
  const hints = `${prefix}:hints`
  const channels = [...(listeners.onEvent ? [events] : []), ...(listeners.onHint ? [hints] : [])]
  redis.on('error', listeners.onError)
  redis.on('message', (channel: string, text: string) => {
    const value = parse(text)
    if (channel === events) {
      const event = BusEvent.safeParse(value)
      if (event.success) listeners.onEvent?.(event.data)
    } else {
      const hint = Hint.safeParse(value)
      if (hint.success) listeners.onHint?.(hint.data)
    }
  })
  // ioredis subscribes again by itself after an outage; then `ready` comes before the subscription stands, so ask once more.
  redis.on('ready', () => void redis.subscribe(...channels).then(() => listeners.onReady?.(), listeners.onError))
  // Whoever only listens would never notice that the server is gone without a word.
  const pulse = setInterval(() => {
    if (redis.status === 'ready') redis.ping().catch(() => {})
  }, PULSE_MS).unref()
  redis.on('end', () => clearInterval(pulse))
  if (redis.status === 'ready') await redis.subscribe(...channels).then(() => listeners.onReady?.())
  return {
    close: async () => {
      // What is on its way still arrives until the other side has closed, too.
      redis.removeAllListeners('message')
      redis.disconnect()
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
