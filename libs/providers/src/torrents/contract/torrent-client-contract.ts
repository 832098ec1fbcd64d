import { addingContract } from './adding.js'
import { removalContract } from './removal.js'
import { type Closable, type ContractWorld, openScene } from './scene.js'
import { seedingContract } from './seeding.js'
import { transfersContract } from './transfers.js'
import { troubleContract } from './trouble.js'

/**
 * What every torrent client must do, with a real tracker and a real peer.
 * To be called at the top of a test file: swarms take their time, so the tests run side by side on one client.
 */
export function torrentClientContract<Tracker extends Closable & { announceUrl: string }>(world: ContractWorld<Tracker>): void {
  const scene = openScene(world)
  addingContract(scene)
  transfersContract(scene)
  removalContract(scene)
  troubleContract(scene)
  seedingContract(scene)
}
