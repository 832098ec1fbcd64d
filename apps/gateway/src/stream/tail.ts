import { setTimeout as delay } from 'node:timers/promises'
import type { StepEvent } from '@torrentino/domain'
import type { Logger } from '@torrentino/runtime'
import type { Steps } from '@torrentino/store'
import { findHead } from './find-head.js'

/** Every step once, in the order of its number, whatever pub/sub loses, doubles or turns around. */
export interface Tail {
  /** Everything up to this number was delivered. Null until the head of the history is known. */
  position(): number | null
  /** A step that came by pub/sub. */
  accept(step: StepEvent): void
  /** Reads what the database has beyond the position: something may have been lost. */
  catchUp(): void
  close(): Promise<void>
}

export interface TailDeps {
  steps: Pick<Steps, 'tail' | 'between'>
  log: Logger
  gapMs: number
  checkMs: number
  /** From here on steps are delivered. */
  onStart(position: number): void
  onStep(step: StepEvent): void
  /** The history is another one than before (a restored database): positions held by anybody mean nothing now. */
  onReset(): void
}

/** A burst of this many steps must fit a client's backlog, see `maxBacklogBytes`. */
const PAGE = 200
const MAX_PENDING = 500
const MAX_PAUSE_MS = 250
/** This many fruitless readings, some five seconds, are worth a line in the log. */
const LONG = 20
/** Transactions older than this many steps at the start are taken as ended. */
const START_DEPTH = 1_000

export function createTail({ steps, log, gapMs, checkMs, onStart, onStep, onReset }: TailDeps): Tail {
  const stop = new AbortController()
  const pending = new Map<number, StepEvent>()
  let cursor: number | null = null
  /** The highest number heard of; while it is above the cursor there is a gap to fill. */
  let highest = 0
  let arrivedSince = 0
  let wanted = false
  let running: Promise<void> | undefined
  let gapTimer: NodeJS.Timeout | undefined

  function accept(step: StepEvent): void {
    if (stop.signal.aborted || (cursor !== null && step.seq <= cursor)) return
    highest = Math.max(highest, step.seq)
    arrivedSince = Math.max(arrivedSince, step.seq)
    if (step.seq - 1 === cursor) {
      deliver(step)
      return
    }
    // One too many is read from the database instead.
    if (pending.size < MAX_PENDING) pending.set(step.seq, step)
    watchGap()
  }

  function deliver(step: StepEvent): void {
    for (let next: StepEvent | undefined = step; next; next = pending.get(next.seq + 1)) {
      cursor = next.seq
      pending.delete(next.seq)
      onStep(next)
    }
  }

  function behind(): boolean {
    return cursor === null || highest > cursor
  }

  function watchGap(): void {
    if (gapTimer || running || stop.signal.aborted) return
    const stuckAt = cursor
    gapTimer = setTimeout(() => {
      gapTimer = undefined
      if (!behind()) return
      if (cursor === stuckAt) catchUp()
      else watchGap()
    }, gapMs)
  }

  function catchUp(): void {
    wanted = true
    if (stop.signal.aborted) return
    running ??= readOn()
      .catch((error) => {
        if (!stop.signal.aborted) log.error('event tail failed', { error })
      })
      .finally(() => {
        running = undefined
        if (wanted) catchUp()
        else if (behind()) watchGap()
      })
  }

  /** Reads until there is no gap. A gap that stays is a transaction under way, so it is asked for again and again. */
  async function readOn(): Promise<void> {
    let failures = 0
    let pause = gapMs
    let stuck = 0
    while (!stop.signal.aborted && (wanted || behind())) {
      wanted = false
      const before = cursor
      try {
        const more = cursor === null ? await start() : await readPage(cursor)
        if (failures > 0) log.info('event tail reads the database again')
        failures = 0
        if (more) wanted = true
      } catch (error) {
        if (stop.signal.aborted) return
        if (failures === 0) log.warn('event tail cannot read the database, trying on', { error })
        failures += 1
        wanted = true
      }
      if (wanted && failures === 0) continue
      stuck = cursor === before ? stuck + 1 : 0
      if (stuck === LONG && failures === 0) log.warn('events wait for a long transaction in the database', { after_seq: cursor })
      pause = stuck === 0 ? gapMs : Math.min(Math.max(pause, 1) * 2, MAX_PAUSE_MS)
      if (wanted || behind()) await delay(pause, undefined, { signal: stop.signal })
    }
  }

  /** True: there is more to read at once. */
  async function start(): Promise<boolean> {
    const head = await findHead(steps)
    const [oldest] = await steps.between(head - START_DEPTH, head, 1)
    const { settled } = await steps.tail(oldest?.seq ?? 0, START_DEPTH)
    cursor = settled
    highest = Math.max(highest, head)
    onStart(cursor)
    dropSettled()
    deliverPending()
    return true
  }

  /** One look behind the cursor costs nothing more and shows whether this is still the same history. */
  async function readPage(from: number): Promise<boolean> {
    arrivedSince = 0
    const page = await steps.tail(Math.max(0, from - 1), PAGE)
    if (stop.signal.aborted || cursor === null) return false
    if (from > 0 && page.steps[0]?.seq !== from) return reset()
    const full = page.steps.length === PAGE
    const last = page.steps.at(-1)?.seq ?? 0
    for (const step of page.steps) {
      if (step.seq <= cursor) continue
      if (step.seq <= page.settled) deliver(step)
      else if (pending.size < MAX_PENDING) pending.set(step.seq, step)
    }
    cursor = Math.max(cursor, page.settled)
    dropSettled()
    deliverPending()
    if (full) highest = Math.max(highest, last)
    else forgetUnknown(last)
    return full && cursor > from
  }

  function dropSettled(): void {
    for (const seq of pending.keys()) if (cursor !== null && seq <= cursor) pending.delete(seq)
  }

  function deliverPending(): void {
    const next = cursor === null ? undefined : pending.get(cursor + 1)
    if (next) deliver(next)
  }

  /** What was announced before the reading began and is not in the database was never a step of this history. */
  function forgetUnknown(last: number): void {
    highest = Math.max(last, arrivedSince)
    if (arrivedSince === 0) for (const seq of pending.keys()) if (seq > last) pending.delete(seq)
  }

  function reset(): boolean {
    log.warn('the history of steps is another one than before; the event tail starts anew')
    cursor = null
    highest = 0
    pending.clear()
    onReset()
    return false
  }

  const check = setInterval(catchUp, checkMs)
  catchUp()

  return {
    position: () => cursor,
    accept,
    catchUp,
    close: async () => {
      stop.abort()
      clearInterval(check)
      clearTimeout(gapTimer)
      await running
    },
  }
}
