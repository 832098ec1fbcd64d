import { StageError } from '@torrentino/domain'
import { removedTorrent, unknownTorrent } from './failures.js'
import { type HeldTorrent, holdTorrent, progressOf } from './held-torrent.js'
import { stopped } from './supervisor.js'
import { Waits } from './waits.js'

/** The torrents that we hold. Work on one is done one after the other; waits only watch, so they live through everything. */
export class HeldTorrents {
  private readonly byHash = new Map<string, HeldTorrent>()
  private readonly queues = new WeakMap<HeldTorrent, Promise<unknown>>()
  private readonly waits = new Waits()
  private readonly goalListeners = new Set<(infoHash: string, ratio: number) => void>()
  private closed = false

  get(infoHash: string): HeldTorrent | undefined {
    return this.byHash.get(infoHash)
  }

  all(): HeldTorrent[] {
    return [...this.byHash.values()]
  }

  find(infoHash: string): HeldTorrent {
    const held = this.byHash.get(infoHash)
    if (!held || held.removed) throw unknownTorrent(infoHash)
    return held
  }

  findOrHold(infoHash: string, folder: string, trackers: string[]): HeldTorrent {
    const found = this.byHash.get(infoHash)
    if (found && found.folder !== folder && !found.removed) {
      throw new StageError(
        'permanent',
        'torrent_elsewhere',
        `The torrent ${infoHash} is already held in another folder. Remove it there first.`,
      )
    }
    if (found) return found
    const held = holdTorrent(infoHash, folder, trackers)
    this.byHash.set(infoHash, held)
    return held
  }

  forget(infoHash: string): void {
    this.byHash.delete(infoHash)
  }

  refuseGone(held: HeldTorrent): void {
    if (this.closed) throw stopped()
    if (held.removed) throw removedTorrent(held.infoHash)
    if (held.failure) throw held.failure
  }

  queued<T>(held: HeldTorrent, work: () => Promise<T>): Promise<T> {
    const result = (this.queues.get(held) ?? Promise.resolve()).then(work)
    this.queues.set(
      held,
      result.catch(() => {}),
    )
    return result
  }

  /** Looks again whenever the torrent changed, until `test` gives a value; fails when the torrent is gone or has failed. */
  until<T>(held: HeldTorrent, signal: AbortSignal | undefined, test: () => T | undefined): Promise<T> {
    return this.waits.until(held, signal, () => {
      this.refuseGone(held)
      return test()
    })
  }

  changed(held: HeldTorrent): void {
    this.waits.changed(held)
    if (!held.goalReached || held.goalTold) return
    held.goalTold = true
    for (const listener of this.goalListeners) listener(held.infoHash, progressOf(held).uploadRatio)
  }

  onGoal(listener: (infoHash: string, ratio: number) => void): () => void {
    this.goalListeners.add(listener)
    return () => void this.goalListeners.delete(listener)
  }

  close(): void {
    this.closed = true
    for (const held of this.byHash.values()) this.changed(held)
  }
}
