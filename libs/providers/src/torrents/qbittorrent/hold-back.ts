import type { HeldTorrents } from '../shared/held-torrents.js'
import type { Api } from './api.js'
import type { HeldTorrent } from './held-torrent.js'
import type { InterfaceGuard } from './interface-guard.js'

interface HoldBackDeps {
  torrents: HeldTorrents<HeldTorrent>
  api: Api
  guard: InterfaceGuard
  idOf(held: HeldTorrent): string
  log?: (line: string) => void
}

/** Though bound to the interface, what is ours is stopped while that is down: everybody sees why nothing moves, and no transfer counts as stalled. */
export class HoldBack {
  isDown = false

  constructor(private readonly deps: HoldBackDeps) {}

  /** From look to look; asks when it is time to. */
  async look(): Promise<void> {
    const { guard } = this.deps
    if (guard.isDue) await this.set(!(await guard.isUp()))
  }

  private async set(isDown: boolean): Promise<void> {
    if (isDown === this.isDown) return
    const { torrents, api, idOf, guard, log } = this.deps
    const running = torrents.all().filter((held) => held.wanted && !held.pausedByUser && !held.goalReached && !held.failure)
    const ids = running.map(idOf)
    if (ids.length > 0) await (isDown ? api.stop(ids) : api.start(ids))
    this.isDown = isDown
    log?.(`the network interface ${guard.name} is ${isDown ? 'down: all torrents are stopped' : 'up again'}`)
  }
}
