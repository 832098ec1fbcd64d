import { setTimeout as delay } from 'node:timers/promises'
import { isDatabaseAway } from '@torrentino/store'

const PATIENCE_MS = 60_000
const AGAIN_MS = 500

/** Whoever looks from outside is no part of what is looked at: on a busy machine he asks again. */
export async function patiently<T>(look: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > end) throw error
      await delay(AGAIN_MS)
    }
  }
}
