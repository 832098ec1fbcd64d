import type { TorrentState } from '../torrent-client.js'
import { stalled } from './failures.js'

/** Runs while a transfer should make progress and makes none; checking and pausing are no stall. What comes and is thrown away is no progress. */
export class StallClock {
  private movedAt = Date.now()
  private most = -1

  constructor(
    private readonly infoHash: string,
    private readonly timeoutMs: number,
  ) {}

  tick(bytes: number, state: TorrentState): void {
    if (bytes <= this.most && state === 'downloading') return
    this.most = bytes
    this.movedAt = Date.now()
  }

  /** `fault`: why nobody could say how it goes, if so. */
  check(fault: unknown = null): void {
    if (Date.now() - this.movedAt > this.timeoutMs) throw fault ?? stalled(this.infoHash, this.timeoutMs)
  }
}
