import { isAbsolute, resolve } from 'node:path'
import { checkIndexes } from '../shared/check-indexes.js'
import { metadataTimeout } from '../shared/failures.js'
import { HeldTorrents } from '../shared/held-torrents.js'
import { readSource } from '../shared/source.js'
import { StallClock } from '../shared/stall-clock.js'
import { told } from '../shared/told.js'
import { abortable } from '../shared/waits.js'
import type {
  AddOptions,
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
import { fileStatuses, type HeldTorrent, holdTorrent, progressOf, stateOf } from './held-torrent.js'
import { InterfaceGuard } from './interface-guard.js'
import { Mirror } from './mirror.js'
import { Observer } from './observing.js'
import type { QbittorrentOptions } from './options.js'
import { takeOut } from './removing.js'
import { Session } from './session.js'
import { Watcher } from './watcher.js'

const TICK_MS = 1000
const FAULT_AGAIN_MS = 60_000

/** Notes what is wanted of each torrent and has qBittorrent do it; how it goes is seen in the mirror. */
export class QbittorrentClient implements TorrentClient {
  readonly id = 'qbittorrent'
  private readonly api: Api
  private readonly mirror: Mirror
  private readonly deps: AddingDeps
  private readonly torrents: HeldTorrents<HeldTorrent>
  private readonly observer: Observer
  private readonly watcher: Watcher
  private readonly guard: InterfaceGuard
  /** The interface is down, so nothing of ours runs. */
  private heldBack = false
  private closed = false
  private lastFault = { text: '', at: 0 }

  constructor(private readonly options: QbittorrentOptions) {
    this.api = new Api(new Session(options))
    this.mirror = new Mirror(this.api)
    this.deps = { api: this.api, mirror: this.mirror, options }
    this.torrents = new HeldTorrents((held) => progressOf(held, this.mirror.get(held.infoHash)).uploadRatio)
    const { tickMs = TICK_MS } = options
    const idleMs = tickMs * 10
    this.guard = new InterfaceGuard(this.api, options.interface, idleMs)
    const onFault = (error: unknown) => this.logFault(error)
    this.observer = new Observer({ ...this.deps, torrents: this.torrents, onFault })
    this.watcher = new Watcher({
      look: () => this.look(),
      isAwaited: () => this.torrents.all().some((held) => this.isAwaited(held)),
      onFault,
      ...{ tickMs, idleMs },
    })
  }

  async addTorrent(source: TorrentSource, folder: string, options: AddOptions = {}): Promise<string> {
    const { signal, label } = options
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

  async waitForFiles(infoHash: string, { signal, timeoutMs }: WaitForFilesOptions): Promise<TorrentFileStatus[]> {
    const held = this.torrents.find(infoHash)
    const deadline = Date.now() + timeoutMs
    const timer = setTimeout(() => this.torrents.changed(held), timeoutMs)
    const stopWatching = this.watcher.onLook(() => {})
    const wait = () =>
      this.torrents.until(held, signal, () => {
        // With nothing of it wanted yet: only then is it safe to go on.
        if (held.meta && !held.fresh) return true
        if (Date.now() >= deadline) throw metadataTimeout(infoHash)
        return undefined
      })
    try {
      await told(this.options.onCall, 'metadata', wait, signal)
    } finally {
      clearTimeout(timer)
      stopWatching()
    }
    return (await this.getFiles(infoHash)) ?? []
  }

  async selectFiles(infoHash: string, indexes: readonly number[]): Promise<void> {
    const held = this.torrents.find(infoHash)
    await this.torrents.queued(held, async () => {
      this.torrents.refuseGone(held)
      checkIndexes(held.meta ?? undefined, indexes)
      const id = this.idOf(held)
      await applySelection(held, id, indexes, this.api)
      const live = this.mirror.get(infoHash)
      const isOver = held.complete && (held.goalReached || (live !== undefined && this.observer.goalMet(live)))
      if (!held.pausedByUser && !isOver) await this.startAll([id])
    })
    this.watcher.wake()
  }

  async waitForCompletion(infoHash: string, { signal, onProgress, stallTimeoutMs }: WaitForCompletionOptions): Promise<TorrentProgress> {
    const held = this.torrents.find(infoHash)
    const clock = new StallClock(infoHash, stallTimeoutMs)
    const stopWatching = this.watcher.onLook(() => {
      const live = this.mirror.get(infoHash)
      if (!this.watcher.fault) clock.tick(live?.completed ?? -1, stateOf(held, live))
      if (!this.watcher.fault && !held.ready && !held.removed && !held.failure) onProgress?.(progressOf(held, live))
      this.torrents.changed(held)
    })
    const wait = () =>
      this.torrents.until(held, signal, () => {
        if (held.ready) return progressOf(held, this.mirror.get(infoHash))
        clock.check(this.watcher.fault)
        return undefined
      })
    try {
      return await told(this.options.onCall, 'transfer', wait, signal)
    } finally {
      stopWatching()
    }
  }

  async getProgress(infoHash: string): Promise<TorrentProgress | null> {
    const held = this.torrents.get(infoHash)
    if (!held) return null
    await this.look().catch((error) => this.logFault(error))
    return held.removed ? null : progressOf(held, this.mirror.get(infoHash))
  }

  pause(infoHash: string): Promise<void> {
    return this.setPaused(infoHash, true)
  }

  resume(infoHash: string): Promise<void> {
    return this.setPaused(infoHash, false)
  }

  async removeTorrent(infoHash: string, deleteFiles: boolean, folder?: string): Promise<void> {
    const held = this.torrents.get(infoHash)
    const place = held?.folder ?? (folder === undefined ? undefined : resolve(folder))
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

  onSeedingGoal(listener: (infoHash: string, ratio: number) => void): () => void {
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

  /** What is whole, for its seeding goal; what runs through an interface that may go down. */
  private isAwaited({ complete, wanted, goalReached, failure }: HeldTorrent): boolean {
    if (goalReached || failure) return false
    const { seedRatio, seedSecs } = this.options
    const hasGoal = seedRatio > 0 || seedSecs > 0
    return (complete && hasGoal) || (wanted !== null && this.options.interface !== undefined)
  }

  private async look(): Promise<void> {
    await this.mirror.look()
    if (this.guard.isDue) await this.holdBack(!(await this.guard.isUp()))
    for (const held of this.torrents.all()) this.observer.observe(held)
  }

  private async startAll(ids: readonly string[]): Promise<void> {
    await this.guard.mustBeUp()
    await this.api.start(ids)
  }

  /** Though bound to the interface: so that everybody sees why nothing moves, and no transfer counts as stalled. */
  private async holdBack(isDown: boolean): Promise<void> {
    if (isDown === this.heldBack) return
    const running = this.torrents.all().filter((held) => held.wanted && !held.pausedByUser && !held.goalReached && !held.failure)
    const ids = running.map((held) => this.idOf(held))
    if (ids.length > 0) await (isDown ? this.api.stop(ids) : this.api.start(ids))
    this.heldBack = isDown
    this.options.log?.(`the network interface ${this.options.interface} is ${isDown ? 'down: all torrents are stopped' : 'up again'}`)
  }

  private async setPaused(infoHash: string, paused: boolean): Promise<void> {
    const held = this.torrents.find(infoHash)
    await this.torrents.queued(held, async () => {
      this.torrents.refuseGone(held)
      held.pausedByUser = paused
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

  /** What goes on from look to look is told once a minute. */
  private logFault(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error)
    const isOld = text === this.lastFault.text && Date.now() - this.lastFault.at < FAULT_AGAIN_MS
    if (this.closed || isOld) return
    this.lastFault = { text, at: Date.now() }
    this.options.log?.(text)
  }
}
