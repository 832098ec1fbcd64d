import { setTimeout as delay } from 'node:timers/promises'

/** Waits for a condition of the outside world that sends no event. */
export async function waitFor(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 120_000, everyMs = 20): Promise<void> {
  const end = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`)
    await delay(everyMs)
  }
}
