import { stalled } from './failures.js'
import { type HeldTorrent, stateOf } from './held-torrent.js'

/** Runs while a transfer should make progress and makes none; checking and pausing are no stall. */
export class StallClock {
  private movedAt = Date.now()
  private bytes = -1

  constructor(
    private readonly held: HeldTorrent,
    private readonly timeoutMs: number,
  ) {}

  tick(): void {
    const bytes = this.held.last?.completedLength ?? -1
    if (bytes === this.bytes && stateOf(this.held) === 'downloading') return
    this.bytes = bytes
    this.movedAt = Date.now()
  }

  check(): void {
    if (Date.now() - this.movedAt > this.timeoutMs) throw stalled(this.held.infoHash, this.timeoutMs)
  }
}
