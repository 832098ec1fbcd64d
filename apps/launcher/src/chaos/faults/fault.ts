import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '../random.js'
import type { World } from '../world.js'

export interface Fault {
  weight: number
  /** What it is done to: there is one fault at a time for each. Chosen anew each time where there are several. */
  target(world: World, random: Random): string
  /** Does it, and puts it right again. */
  run(world: World, random: Random, target: string): Promise<void>
}

export function secs(random: Random, least: number, most: number): number {
  return Math.round(random.between(least, most) * 1000)
}

/** For so long something is wrong; it is put right whatever happens. */
export async function forAWhile({ chronicle }: World, text: string, ms: number, begin: () => unknown, end: () => unknown): Promise<void> {
  await chronicle.during(text, async () => {
    try {
      await begin()
      await delay(ms)
    } finally {
      await end()
    }
  })
}
