import { StageError } from '@torrentino/domain'
import type { Given } from '../torrent-client.js'
import { removedTorrent, stopped, unknownTorrent } from './failures.js'
import { isGoalMet, type SeedGoal, stricter } from './seeding.js'
import { Waits } from './waits.js'

/** What every engine keeps of a torrent. */
export interface Held {
  readonly infoHash: string
  readonly folder: string
  removed: boolean
  failure: StageError | null
  /** What its indexers demand, beside our own goal. */
  demand: Given
  /** As much was given back as the seeding goal asks. */
  goalReached: boolean
  goalTold: boolean
}

/** The torrents that we hold. Work on one is done one after the other; waits only watch, so they live through everything. */
export class HeldTorrents<H extends Held> {
  private readonly byHash = new Map<string, H>()
  private readonly queues = new WeakMap<H, Promise<unknown>>()
  private readonly waits = new Waits()
  private readonly goalListeners = new Set<(infoHash: string, given: Given) => void>()
  private closed = false

  constructor(
    private readonly goal: SeedGoal,
    private readonly givenOf: (held: H) => Given,
  ) {}

  get(infoHash: string): H | undefined {
    return this.byHash.get(infoHash)
  }

  all(): H[] {
    return [...this.byHash.values()]
  }

  find(infoHash: string): H {
    const held = this.byHash.get(infoHash)
    if (!held || held.removed) throw unknownTorrent(infoHash)
    return held
  }

  findOrHold(infoHash: string, folder: string, hold: () => H): H {
    const found = this.byHash.get(infoHash)
    if (found && found.folder !== folder && !found.removed) {
      throw new StageError(
        'permanent',
        'torrent_elsewhere',
        `The torrent ${infoHash} is already held in another folder. Remove it there first.`,
      )
    }
    if (found) return found
    const held = hold()
    this.byHash.set(infoHash, held)
    return held
  }

  forget(infoHash: string): void {
    this.byHash.delete(infoHash)
  }

  refuseGone(held: H): void {
    if (this.closed) throw stopped()
    if (held.removed) throw removedTorrent(held.infoHash)
    if (held.failure) throw held.failure
  }

  queued<T>(held: H, work: () => Promise<T>): Promise<T> {
    const result = (this.queues.get(held) ?? Promise.resolve()).then(work)
    this.queues.set(
      held,
      result.catch(() => {}),
    )
    return result
  }

  /** Looks again whenever the torrent changed, until `test` gives a value; fails when the torrent is gone or has failed. */
  until<T>(held: H, signal: AbortSignal | undefined, test: () => T | undefined): Promise<T> {
    return this.waits.until(held, signal, () => {
      this.refuseGone(held)
      return test()
    })
  }

  isGoalMet(held: H): boolean {
    return isGoalMet(this.goal, held.demand, this.givenOf(held))
  }

  /** Another indexer may want more than was asked for so far; then what had met its goal is not done. */
  raiseDemand(held: H, demand: Given | undefined): void {
    if (!demand) return
    held.demand = stricter(held.demand, demand)
    if (held.goalReached && !this.isGoalMet(held)) Object.assign(held, { goalReached: false, goalTold: false })
  }

  /** Of all that is whole. */
  given(isWhole: (held: H) => boolean): Map<string, Given> {
    return new Map(
      this.all()
        .filter((held) => isWhole(held) && !held.failure)
        .map((held) => [held.infoHash, this.givenOf(held)]),
    )
  }

  changed(held: H): void {
    this.waits.changed(held)
    if (!held.goalReached || held.goalTold) return
    held.goalTold = true
    for (const listener of this.goalListeners) listener(held.infoHash, this.givenOf(held))
  }

  onGoal(listener: (infoHash: string, given: Given) => void): () => void {
    this.goalListeners.add(listener)
    return () => void this.goalListeners.delete(listener)
  }

  close(): void {
    this.closed = true
    for (const held of this.byHash.values()) this.changed(held)
  }
}
