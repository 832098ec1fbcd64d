import { EventEmitter } from 'node:events'
import { isAbsolute, resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import type {
  TorrentClient,
  TorrentFileStatus,
  TorrentProgress,
  TorrentSource,
  WaitForCompletionOptions,
  WaitForFilesOptions,
} from '../torrent-client.js'
import { apply, type Notified, release } from './commands.js'
import { deleteContent, deleteUnheld } from './delete-content.js'
import { metadataTimeout, removedTorrent, unknownTorrent } from './failures.js'
import { absorb, fileStatuses, type HeldTorrent, hasWantedPieces, holdTorrent, progressOf } from './held-torrent.js'
import { dropMetadata, loadMetadata, saveMetadata } from './metadata-store.js'
import type { Aria2Options } from './options.js'
import { fail, refresh } from './refresh.js'
import { Aria2Refusal } from './rpc.js'
import { Sampler } from './sampler.js'
import { type Status, Version } from './schema.js'
import { checkIndexes } from './selection.js'
import { type ReadSource, readSource } from './source.js'
import { StallClock } from './stall-clock.js'
import { type Link, type Supervisor, stopped } from './supervisor.js'
import { abortable, Waits } from './waits.js'

const SETTLING = new Set(['aria2.onDownloadComplete', 'aria2.onBtDownloadComplete', 'aria2.onDownloadError'])

/**
 * Holds what is wanted of each torrent and brings aria2 there, again after each start of aria2.
 * Work on one torrent is done one after the other; waits only watch, so they live through everything.
 */
export class Aria2Client implements TorrentClient {
  readonly id = 'aria2'
  private readonly held = new Map<string, HeldTorrent>()
  private readonly queues = new WeakMap<HeldTorrent, Promise<unknown>>()
  private readonly waits = new Waits()
  private readonly notified: Notified = new EventEmitter().setMaxListeners(0)
  private readonly goalListeners = new Set<(infoHash: string, ratio: number) => void>()
  private readonly sampler: Sampler
  private supervisor: Supervisor | null = null
  private closing: Promise<void> | null = null

  constructor(private readonly options: Aria2Options) {
    this.sampler = new Sampler({
      perform: (work) => this.engine().perform(work),
      absorb: (statuses) => this.absorbSamples(statuses),
      giveUp: () => this.engine().restart(),
    })
  }

  attach(supervisor: Supervisor): void {
    this.supervisor = supervisor
  }

  async addTorrent(source: TorrentSource, folder: string, { signal }: { signal?: AbortSignal } = {}): Promise<string> {
    signal?.throwIfAborted()
    if (!isAbsolute(folder)) throw new Error('the folder of a torrent must be an absolute path')
    const read = readSource(source)
    const held = this.findOrHold(read.infoHash, resolve(folder), read.trackers)
    await abortable(
      signal,
      this.queued(held, async () => {
        await this.takeSource(held, read)
        await this.bring(held)
      }),
    )
    if (held.removed) return this.addTorrent(source, folder, { signal })
    return held.infoHash
  }

  async getFiles(infoHash: string): Promise<TorrentFileStatus[] | null> {
    const held = this.find(infoHash)
    await this.settleQuickly(held)
    return fileStatuses(held)
  }

  async waitForFiles(infoHash: string, { signal, timeoutMs }: WaitForFilesOptions): Promise<TorrentFileStatus[]> {
    const held = this.find(infoHash)
    const deadline = Date.now() + timeoutMs
    const timer = setTimeout(() => this.changed(held), timeoutMs)
    try {
      return await this.waits.until(held, signal, () => {
        this.refuseGone(held)
        const files = fileStatuses(held)
        if (!files && Date.now() >= deadline) throw metadataTimeout(infoHash)
        return files ?? undefined
      })
    } finally {
      clearTimeout(timer)
    }
  }

  async selectFiles(infoHash: string, indexes: readonly number[]): Promise<void> {
    const held = this.find(infoHash)
    await this.queued(held, async () => {
      this.refuseGone(held)
      checkIndexes(held, indexes)
      held.wanted = new Set(indexes)
      held.complete = hasWantedPieces(held)
      if (!held.complete) Object.assign(held, { goalReached: false, goalTold: false, last: null })
      await this.bring(held)
    })
  }

  async waitForCompletion(infoHash: string, { signal, onProgress, stallTimeoutMs }: WaitForCompletionOptions): Promise<TorrentProgress> {
    const held = this.find(infoHash)
    const clock = new StallClock(held, stallTimeoutMs)
    const stopSampling = this.sampler.onSample(() => {
      clock.tick()
      this.changed(held)
    })
    let told = held.last
    try {
      return await this.waits.until(held, signal, () => {
        this.refuseGone(held)
        if (held.complete) return progressOf(held)
        clock.check()
        if (held.last !== told) onProgress?.(progressOf(held))
        told = held.last
        return undefined
      })
    } finally {
      stopSampling()
    }
  }

  async getProgress(infoHash: string): Promise<TorrentProgress | null> {
    const held = this.held.get(infoHash)
    if (!held) return null
    await this.settleQuickly(held)
    return progressOf(held)
  }

  async pause(infoHash: string): Promise<void> {
    await this.setPaused(infoHash, true)
  }

  async resume(infoHash: string): Promise<void> {
    await this.setPaused(infoHash, false)
  }

  async removeTorrent(infoHash: string, deleteFiles: boolean, folder?: string): Promise<void> {
    const held = this.held.get(infoHash)
    if (!held) {
      if (deleteFiles && folder) await deleteUnheld(resolve(folder), infoHash)
      return
    }
    await this.queued(held, async () => {
      if (held.removed) return
      held.removed = true
      this.changed(held)
      try {
        await this.engine().perform((link) => release(held, link, this.notified))
        if (deleteFiles) await deleteContent(held.folder, infoHash, held.metadata?.meta ?? null)
        this.held.delete(infoHash)
      } catch (error) {
        held.removed = false
        throw error
      }
    })
  }

  onSeedingGoal(listener: (infoHash: string, ratio: number) => void): () => void {
    this.goalListeners.add(listener)
    return () => void this.goalListeners.delete(listener)
  }

  async health(): Promise<{ ok: boolean; message?: string; version?: string }> {
    if (this.closing) return { ok: false, message: 'The torrent engine was stopped.' }
    if (!this.engine().up) return { ok: false, message: 'aria2c is not running; it is being started again.' }
    try {
      const { version } = await this.engine().perform(({ rpc }) => rpc.call('aria2.getVersion', [], Version))
      return { ok: true, version }
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : 'aria2c does not answer.' }
    }
  }

  close(): Promise<void> {
    if (!this.closing) {
      this.closing = this.engine().close()
      this.sampler.close()
      for (const held of this.held.values()) this.changed(held)
    }
    return this.closing
  }

  /** A new connection: aria2 is told again what it should hold, and asked what we may have missed. */
  restoreAll(): void {
    for (const held of this.held.values()) {
      if (held.failure) continue
      void this.queued(held, () => this.bring(held))
        .then(() => this.settle(held))
        .catch((error: unknown) => this.logFailure(error))
    }
  }

  onNotification(method: string, gid: string): void {
    this.notified.emit(gid)
    const held = [...this.held.values()].find((candidate) => candidate.gid === gid)
    if (held && SETTLING.has(method)) this.settle(held).catch((error: unknown) => this.logFailure(error))
  }

  private absorbSamples(statuses: Status[]): void {
    const byGid = new Map([...this.held.values()].map((held) => [held.gid, held]))
    for (const status of statuses) {
      const held = byGid.get(status.gid)
      if (!held) continue
      absorb(held, status)
      // Its event may have been lost with a connection.
      const looksDone = held.metadata !== null && status.totalLength > 0 && status.completedLength === status.totalLength
      if (looksDone && !held.complete) this.settle(held).catch((error: unknown) => this.logFailure(error))
    }
  }

  private async settle(held: HeldTorrent): Promise<void> {
    try {
      await this.queued(held, () => this.engine().perform((link) => refresh(held, link, this.notified)))
    } finally {
      this.changed(held)
    }
  }

  private changed(held: HeldTorrent): void {
    this.waits.changed(held)
    if (!held.goalReached || held.goalTold) return
    held.goalTold = true
    for (const listener of this.goalListeners) listener(held.infoHash, progressOf(held).uploadRatio)
  }

  /** For answers that may be a little old rather than late. */
  private async settleQuickly(held: HeldTorrent): Promise<void> {
    if (held.started && this.engine().up) await this.settle(held).catch((error: unknown) => this.logFailure(error))
  }

  private async bring(held: HeldTorrent): Promise<void> {
    try {
      await this.engine().perform((link) => this.bringOver(held, link))
    } finally {
      this.changed(held)
    }
    // Also where it was recorded over a connection that was lost since.
    if (held.failure) throw held.failure
  }

  private async bringOver(held: HeldTorrent, link: Link): Promise<void> {
    try {
      await apply(held, link, this.notified)
    } catch (error) {
      if (error instanceof StageError && error.kind === 'permanent') await fail(held, error, link, this.notified)
      if (!(error instanceof Aria2Refusal)) throw error
      // It ended by itself meanwhile: see how, then go on from there.
      await refresh(held, link, this.notified)
      await apply(held, link, this.notified)
    }
  }

  private async setPaused(infoHash: string, paused: boolean): Promise<void> {
    const held = this.find(infoHash)
    await this.queued(held, async () => {
      this.refuseGone(held)
      held.pausedByUser = paused
      await this.bring(held)
    })
  }

  private async takeSource(held: HeldTorrent, source: ReadSource): Promise<void> {
    if (held.removed) return
    const letGo = () => this.engine().perform((link) => release(held, link, this.notified))
    if (held.failure) await letGo()
    held.failure = null
    if (held.metadata) return
    const metadata = source.metadata ?? (await loadMetadata(held.folder, held.infoHash).catch(() => null))
    const trackers = [...new Set([...held.trackers, ...source.trackers])]
    if (metadata || trackers.length > held.trackers.length) await letGo()
    if (source.metadata) await saveMetadata(held.folder, held.infoHash, source.metadata.torrent)
    else if (!metadata) await dropMetadata(held.folder, held.infoHash)
    Object.assign(held, { metadata, trackers })
  }

  private findOrHold(infoHash: string, folder: string, trackers: string[]): HeldTorrent {
    const found = this.held.get(infoHash)
    if (found && found.folder !== folder && !found.removed) {
      throw new StageError(
        'permanent',
        'torrent_elsewhere',
        `The torrent ${infoHash} is already held in another folder. Remove it there first.`,
      )
    }
    if (found) return found
    const held = holdTorrent(infoHash, folder, trackers)
    this.held.set(infoHash, held)
    return held
  }

  private find(infoHash: string): HeldTorrent {
    const held = this.held.get(infoHash)
    if (!held || held.removed) throw unknownTorrent(infoHash)
    return held
  }

  private refuseGone(held: HeldTorrent): void {
    if (this.closing) throw stopped()
    if (held.removed) throw removedTorrent(held.infoHash)
    if (held.failure) throw held.failure
  }

  private queued<T>(held: HeldTorrent, work: () => Promise<T>): Promise<T> {
    const result = (this.queues.get(held) ?? Promise.resolve()).then(work)
    this.queues.set(
      held,
      result.catch(() => {}),
    )
    return result
  }

  private engine(): Supervisor {
    if (!this.supervisor) throw new Error('the engine is not attached yet')
    return this.supervisor
  }

  private logFailure(error: unknown): void {
    if (!this.closing) this.options.log?.(error instanceof Error ? error.message : String(error))
  }
}
