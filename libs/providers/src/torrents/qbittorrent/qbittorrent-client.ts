import { isAbsolute, resolve } from 'node:path'
import { checkIndexes } from '../shared/check-indexes.js'
import { FaultLog } from '../shared/fault-log.js'
import { HeldTorrents } from '../shared/held-torrents.js'
import { readSource } from '../shared/source.js'
import { untilFiles, type WaitingDeps } from '../shared/waiting.js'
import { abortable } from '../shared/waits.js'
import type {
  AddOptions,
  Given,
  Remains,
  TorrentClient,
  TorrentFileStatus,
  TorrentProgress,
  TorrentSource,
  WaitForCompletionOptions,
  WaitForFilesOptions,
} from '../torrent-client.js'
import { type AddingDeps, bringIn } from './adding.js'
import { Api } from './api.js'
import { applySelection } from './file-list.js'
import { fileStatuses, givenOf, type HeldTorrent, holdTorrent, progressOf } from './held-torrent.js'
import { HoldBack } from './hold-back.js'
import { InterfaceGuard } from './interface-guard.js'
import { Mirror } from './mirror.js'
import { Observer } from './observing.js'
import type { QbittorrentOptions } from './options.js'
import { isRunning, phaseOf } from './phase.js'
import { takeOut } from './removing.js'
import { Session } from './session.js'
import { stopUnheld } from './stop-unheld.js'
import { untilWhole, waitingBy } from './waiting.js'
import { Watcher } from './watcher.js'

const TICK_MS = 1000

/** Notes what is wanted of each torrent and has qBittorrent do it; how it goes is seen in the mirror. */
export class QbittorrentClient implements TorrentClient {
  private readonly api: Api
  private readonly mirror: Mirror
  private readonly deps: AddingDeps
  private readonly torrents: HeldTorrents<HeldTorrent>
  private readonly observer: Observer
  private readonly watcher: Watcher
  private readonly guard: InterfaceGuard
  private readonly holdBack: HoldBack
  private readonly waiting: WaitingDeps<HeldTorrent>
  private readonly faults: FaultLog
  private closed = false

  constructor(private readonly options: QbittorrentOptions) {
    this.faults = new FaultLog(options.log)
    this.api = new Api(new Session(options))
    this.mirror = new Mirror(this.api)
    this.deps = { api: this.api, mirror: this.mirror, options }
    this.torrents = new HeldTorrents({ ratio: options.seedRatio, secs: options.seedSecs }, (held) =>
      givenOf(this.mirror.get(held.infoHash)),
    )
    const { tickMs = TICK_MS } = options
    const idleMs = tickMs * 10
    this.guard = new InterfaceGuard(this.api, options.interface, idleMs)
    const { onFault } = this
    const idOf = (held: HeldTorrent) => this.idOf(held)
    this.holdBack = new HoldBack({ torrents: this.torrents, api: this.api, guard: this.guard, idOf, log: options.log })
    this.observer = new Observer({ ...this.deps, torrents: this.torrents, onFault })
    this.watcher = new Watcher({
      look: () => this.look(),
      isAwaited: () => this.torrents.all().some((held) => this.isAwaited(held)),
      onFault,
      ...{ tickMs, idleMs },
    })
    const { torrents, mirror, watcher, holdBack } = this
    this.waiting = waitingBy({ torrents, mirror, watcher, holdBack, options })
  }

  async addTorrent(source: TorrentSource, folder: string, options: AddOptions = {}): Promise<string> {
    const { signal, label, demand } = options
    signal?.throwIfAborted()
    if (!isAbsolute(folder)) throw new Error('the folder of a torrent must be an absolute path')
    const read = readSource(source)
    const { infoHash } = read
    const held = this.torrents.findOrHold(infoHash, resolve(folder), () => holdTorrent(infoHash, resolve(folder)))
    held.meta ??= read.metadata?.meta ?? null
    await abortable(
      signal,
      this.torrents.queued(held, async () => {
        if (held.removed) return
        this.torrents.raiseDemand(held, demand)
        try {
          await this.guard.mustBeUp()
          await bringIn(held, read, label, this.deps)
        } catch (error) {
          if (!held.seen) this.forget(held)
          throw error
        }
      }),
    )
    if (held.removed) return this.addTorrent(source, folder, options)
    return infoHash
  }

  async getFiles(infoHash: string): Promise<TorrentFileStatus[] | null> {
    const held = this.torrents.find(infoHash)
    if (!held.meta) return null
    return fileStatuses(held, await this.api.files(this.idOf(held)))
  }

  async waitForFiles(infoHash: string, options: WaitForFilesOptions): Promise<TorrentFileStatus[]> {
    const held = this.torrents.find(infoHash)
    // Nothing is wanted of it yet: only then is it safe to go on.
    await untilFiles(held, options, () => (held.fresh ? null : held.meta), this.waiting)
    return (await this.getFiles(infoHash)) ?? []
  }

  async selectFiles(infoHash: string, indexes: readonly number[]): Promise<void> {
    const held = this.torrents.find(infoHash)
    await this.torrents.queued(held, async () => {
      this.torrents.refuseGone(held)
      checkIndexes(held.meta ?? undefined, indexes)
      const id = this.idOf(held)
      await applySelection(held, id, indexes, this.api)
      const isOver = held.complete && (held.goalReached || this.torrents.isGoalMet(held))
      if (!held.pausedByUser && !isOver) await this.startAll([id])
    })
    this.watcher.wake()
  }

  async waitForCompletion(infoHash: string, options: WaitForCompletionOptions): Promise<TorrentProgress> {
    return untilWhole(this.torrents.find(infoHash), options, this.waiting)
  }

  async getProgress(infoHash: string): Promise<TorrentProgress | null> {
    const held = this.torrents.get(infoHash)
    if (!held) return null
    await this.look().catch(this.onFault)
    return held.removed ? null : progressOf(held, this.mirror.get(infoHash))
  }

  async pause(infoHash: string, folder?: string): Promise<void> {
    if (folder === undefined || this.torrents.get(infoHash)) await this.setPaused(infoHash, true)
    else await stopUnheld(infoHash, resolve(folder), this.deps)
  }

  resume(infoHash: string): Promise<void> {
    return this.setPaused(infoHash, false)
  }

  async removeTorrent(infoHash: string, deleteFiles: boolean, remains?: Remains): Promise<void> {
    const held = this.torrents.get(infoHash)
    const folder = held?.folder ?? (remains && resolve(remains.folder))
    const place = { folder, paths: remains?.paths }
    if (!held) return takeOut(infoHash, deleteFiles, place, null, this.deps)
    await this.torrents.queued(held, async () => {
      if (held.removed) return
      held.removed = true
      this.torrents.changed(held)
      try {
        await takeOut(infoHash, deleteFiles, place, held.meta, this.deps)
        this.torrents.forget(infoHash)
      } catch (error) {
        held.removed = false
        throw error
      }
    })
  }

  async letGo(infoHash: string): Promise<void> {
    const held = this.torrents.get(infoHash)
    if (held) await this.torrents.queued(held, async () => this.forget(held))
  }

  async given(): Promise<Map<string, Given>> {
    await this.look().catch(this.onFault)
    return this.torrents.given(({ complete }) => complete)
  }

  onSeedingGoal(listener: (infoHash: string, given: Given) => void): () => void {
    return this.torrents.onGoal(listener)
  }

  async health(): Promise<{ ok: boolean; message?: string; version?: string }> {
    if (this.closed) return { ok: false, message: 'The torrent client was stopped.' }
    try {
      const version = await this.api.version()
      await this.guard.mustBeUp()
      return { ok: true, version }
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : 'qBittorrent does not answer.' }
    }
  }

  /** qBittorrent goes on with what it has. */
  async close(): Promise<void> {
    this.closed = true
    this.watcher.close()
    this.torrents.close()
  }

  /** What is whole, for its seeding goal; what is paused, that it stays so; what runs through an interface that may go down. */
  private isAwaited({ complete, wanted, goalReached, failure, pausedByUser }: HeldTorrent): boolean {
    if (goalReached || failure) return false
    if (wanted !== null && pausedByUser && !complete) return true
    const { seedRatio, seedSecs } = this.options
    const hasGoal = seedRatio > 0 || seedSecs > 0
    return (complete && hasGoal) || (wanted !== null && this.options.interface !== undefined)
  }

  private async look(): Promise<void> {
    await this.mirror.look()
    await this.holdBack.look()
    for (const held of this.torrents.all()) this.observer.observe(held)
  }

  private readonly onFault = (error: unknown): void => {
    if (!this.closed) this.faults.note(error)
  }

  private async startAll(ids: readonly string[]): Promise<void> {
    await this.guard.mustBeUp()
    await this.api.start(ids)
  }

  private async setPaused(infoHash: string, paused: boolean): Promise<void> {
    const held = this.torrents.find(infoHash)
    await this.torrents.queued(held, async () => {
      this.torrents.refuseGone(held)
      const isKept = paused && held.pausedByUser && !isRunning(phaseOf(this.mirror.get(infoHash)?.state))
      if (isKept) return
      held.pausedByUser = paused
      this.watcher.wake()
      const ids = [this.idOf(held)]
      if (paused) await this.api.stop(ids)
      else if (held.wanted && !held.goalReached) await this.startAll(ids)
    })
  }

  private forget(held: HeldTorrent): void {
    if (held.removed) return
    held.removed = true
    this.torrents.changed(held)
    this.torrents.forget(held.infoHash)
  }

  private idOf(held: HeldTorrent): string {
    return this.mirror.get(held.infoHash)?.id ?? held.infoHash
  }
}
