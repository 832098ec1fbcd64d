import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from './faults/fault.js'
import { LINE_FAULTS } from './faults/of-lines.js'
import { PROCESS_FAULTS } from './faults/of-processes.js'
import { QBITTORRENT_FAULTS, SERVER_FAULTS } from './faults/of-servers.js'
import { DISK_FAULTS, SURROUNDING_FAULTS } from './faults/of-surroundings.js'
import type { Random } from './random.js'
import type { World } from './world.js'

const HANDS = 3
const PAUSE_MS = [100, 2000] as const

function faultsFor({ disk, qbittorrent }: World): Fault[] {
  const always = [...PROCESS_FAULTS, ...LINE_FAULTS, ...SERVER_FAULTS, ...SURROUNDING_FAULTS]
  return [...always, ...(disk ? DISK_FAULTS : []), ...(qbittorrent ? QBITTORRENT_FAULTS : [])]
}

/** Does one thing after the other to the system, with three hands, until the time is over; all of it is put right again then. */
export async function rage(world: World, random: Random, ms: number): Promise<number> {
  const end = Date.now() + ms
  const busy = new Set<string>()
  const faults = faultsFor(world)
  let done = 0

  async function hand(own: Random): Promise<void> {
    while (Date.now() < end) {
      await delay(own.between(...PAUSE_MS))
      const fault = own.weighted(faults)
      const target = fault.target(world, own)
      if (busy.has(target)) continue
      busy.add(target)
      await fault.run(world, own, target).finally(() => busy.delete(target))
      done += 1
    }
  }

  await Promise.all(Array.from({ length: HANDS }, (_, index) => hand(random.part(`hand ${index}`))))
  return done
}
