import { interfaceDown } from '../shared/failures.js'
import { addressesOf } from '../shared/network-interface.js'
import type { Aria2Options } from './options.js'

const LOOK_MS = 5000

interface WatchDeps {
  onDown(): void
  /** `moved`: its addresses are others than those that aria2c took at its start, and keeps. */
  onUp(moved: boolean): void
  log?: (line: string) => void
}

/** Looks whether the interface that aria2 is bound to is there. Bound to it, aria2 sends nothing while that is down. */
export class InterfaceWatch {
  private readonly name: string | undefined
  private readonly look: (name: string) => readonly string[]
  private readonly timer: NodeJS.Timeout | undefined
  private wasUp: boolean
  private taken: string

  constructor(
    options: Pick<Aria2Options, 'interface' | 'addressesOf' | 'lookMs'>,
    private readonly deps: WatchDeps,
  ) {
    this.name = options.interface
    this.look = options.addressesOf ?? addressesOf
    this.taken = this.addresses()
    this.wasUp = this.isUp
    if (this.name === undefined) return
    this.timer = setInterval(() => this.check(), options.lookMs ?? LOOK_MS)
    // Not worth keeping a process alive for.
    this.timer.unref()
  }

  get isUp(): boolean {
    return this.name === undefined || this.addresses() !== ''
  }

  mustBeUp(): void {
    if (!this.isUp) throw interfaceDown(this.name ?? '')
  }

  /** What was to be done when it came up did not go through: it is told again. */
  tellAgain(): void {
    this.wasUp = false
  }

  close(): void {
    clearInterval(this.timer)
  }

  private check(): void {
    const { isUp } = this
    const addresses = this.addresses()
    const moved = isUp && addresses !== this.taken
    if (isUp === this.wasUp && !moved) return
    this.deps.log?.(`the network interface ${this.name} is ${isUp ? 'up' : 'down: all torrents are paused'}`)
    this.wasUp = isUp
    if (isUp) {
      this.taken = addresses
      this.deps.onUp(moved)
    } else this.deps.onDown()
  }

  private addresses(): string {
    return this.name === undefined ? '' : [...this.look(this.name)].sort().join(' ')
  }
}
