import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { END, LEAVE_LINE, TAKE, USED } from './limit-scripts.js'

/** What somebody on the other side allows: so many requests in any span of that length, by all processes together. */
export interface Limit {
  /** Undefined: not limited, only counted. */
  places: number | undefined
  /** A minute where nothing is said. */
  windowMs?: number
}

export interface TakeOptions extends Limit {
  /** Finds its place in the line when it comes back; who names none does not come back. */
  asker?: string
  /** After this time without a word a request counts as ended: its process has died. */
  leaseMs: number
}

/** A request that may be made now. `end` is called when it has ended, in whatever way; it never fails. */
export interface Place {
  end(): Promise<void>
}

/** No place now; there is one in so many ms, as far as can be said, and it is kept for a named asker for a few seconds from then on. */
export interface Later {
  waitMs: number
}

export interface Limits {
  take(name: string, options: TakeOptions): Promise<Place | Later>
  /** Waits for its place in the line, but not at all for one that is due later than `maxWaitMs`. */
  waitFor(name: string, options: TakeOptions & { maxWaitMs: number; signal: AbortSignal }): Promise<Place | Later>
  /** Places of this window that are taken. */
  used(name: string, windowMs?: number): Promise<number>
}

const MINUTE_MS = 60_000
const GRACE_MS = 10_000
const NO_LIMIT = 1_000_000_000

interface Seen {
  epoch: string
  running: number
  endedAt: number
}

export function createLimits(redis: Redis, prefix: string): Limits {
  const seen = new Map<string, Seen>()
  const keysOf = (name: string) =>
    ['running', 'rested', 'line', 'lapses', 'epoch'].map((part) => `${prefix}:limit:${name}:${part}`) as [
      string,
      string,
      string,
      string,
      string,
    ]

  async function take(name: string, { places = NO_LIMIT, windowMs = MINUTE_MS, leaseMs, asker = '' }: TakeOptions) {
    const run = randomUUID()
    const known = places === NO_LIMIT ? '' : knownEpoch(seen.get(name), windowMs)
    const args = [places, windowMs, leaseMs, GRACE_MS, asker, run, known, randomUUID()].map(String)
    const [waitMs, epoch] = (await redis.eval(TAKE, 5, ...keysOf(name), ...args)) as [number, string]
    if (waitMs > 0) return { waitMs }
    const mine = seen.get(name) ?? { epoch, running: 0, endedAt: 0 }
    seen.set(name, mine)
    mine.epoch = epoch
    mine.running += 1
    return { end: once(() => end(name, mine, run, windowMs)) }
  }

  async function end(name: string, mine: Seen, run: string, windowMs: number): Promise<void> {
    mine.running -= 1
    mine.endedAt = performance.now()
    // Not told, the place is free again one window after its lease.
    await redis.eval(END, 5, ...keysOf(name), String(windowMs), run).catch(() => {})
  }

  /** Who cannot say that he has left is forgotten when his turn is over. */
  async function leave(name: string, asker: string): Promise<void> {
    const [, , line, lapses] = keysOf(name)
    await redis.eval(LEAVE_LINE, 2, line, lapses, asker).catch(() => {})
  }

  async function waitFor(name: string, { maxWaitMs, signal, ...options }: TakeOptions & { maxWaitMs: number; signal: AbortSignal }) {
    const asker = options.asker ?? randomUUID()
    const latest = performance.now() + maxWaitMs
    for (;;) {
      signal.throwIfAborted()
      const got = await take(name, { ...options, asker })
      if ('end' in got) return got
      if (performance.now() + got.waitMs > latest) {
        if (options.asker === undefined) await leave(name, asker)
        return got
      }
      await delay(got.waitMs, undefined, { signal }).catch(async () => {
        await leave(name, asker)
        throw signal.reason
      })
    }
  }

  return {
    take,
    waitFor,
    async used(name, windowMs = MINUTE_MS) {
      const [running, rested] = keysOf(name)
      return Number(await redis.eval(USED, 2, running, rested, String(windowMs)))
    },
  }
}

/** Only who has a request of the window to answer for can tell that Redis has forgotten it. */
function knownEpoch(mine: Seen | undefined, windowMs: number): string {
  if (!mine) return ''
  return mine.running > 0 || performance.now() - mine.endedAt < windowMs ? mine.epoch : ''
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
