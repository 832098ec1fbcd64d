import { setImmediate } from 'node:timers/promises'

/** Work that stops now and then, where its caller may let others have a turn. */
export type Stepwise<T> = Generator<void, T, void>

const TURN_MS = 10

export function atOnce<T>(work: Stepwise<T>): T {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

/** The same result, with a turn for the event loop every few milliseconds. */
export async function inTurns<T>(work: Stepwise<T>, signal?: AbortSignal): Promise<T> {
  let began = performance.now()
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value
    if (performance.now() - began < TURN_MS) continue
    await setImmediate()
    signal?.throwIfAborted()
    began = performance.now()
  }
}
