import { isAbsolute, resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import { checkIndexes } from '../shared/check-indexes.js'
import { contentOf, deleteContent } from '../shared/delete-content.js'
import { interfaceDown } from '../shared/failures.js'
import { FaultLog } from '../shared/fault-log.js'
import { HeldTorrents } from '../shared/held-torrents.js'
import { readSource } from '../shared/source.js'
import { untilComplete, untilFiles, type WaitingDeps } from '../shared/waiting.js'
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
import { Aligner } from './aligner.js'
import { areWhole, fileStatuses, givenOf, type HeldTorrent, hasWantedPieces, holdTorrent, isChecking, progressOf } from './held-torrent.js'
import { InterfaceWatch } from './interface-watch.js'
import { type Aria2Options, seedGoalOf } from './options.js'
import { Sampler } from './sampler.js'
import { Version } from './schema.js'
import type { Supervisor } from './supervisor.js'

const DOWN = 'aria2c is not running; it is being started again.'

/** Notes what is wanted of each torrent, has aria2 brought there, and waits for what follows. */
export class Aria2Client implements TorrentClient {
  readonly aligner: Aligner
  private readonly torrents: HeldTorrents<HeldTorrent>
  private readonly sampler: Sampler
  private readonly waiting: WaitingDeps<HeldTorrent>
  private readonly faults: FaultLog
  private supervisor: Supervisor | null = null
  private closing: Promise<void> | null = null
  readonly watch: InterfaceWatch

  /** `start`: for when the interface comes up that was down at the start. */
  constructor(
    private readonly options: Aria2Options,
    start: () => void,
  ) {
    this.faults = new FaultLog(options.log)
    this.watch = new InterfaceWatch(options, {
      onDown: () => this.aligner.holdBack(true),
      onUp: (moved) => this.onUp(moved, start),
      log: options.log,
    })
    this.torrents = new HeldTorrents(seedGoalOf(options), givenOf)
    this.aligner = new Aligner({
      torrents: this.torrents,
      engine: () => this.engine(),
      onFault: (error) => this.logFault(error),
    })
    this.sampler = new Sampler({
      perform: (work) => this.engine().perform(work),
      absorb: (statuses) => this.aligner.absorbSamples(statuses),
      giveUp: () => this.supervisor?.restart(),
    })
    this.waiting = {
      torrents: this.torrents,
      onLook: (listener) => this.sampler.onSample(listener),
      // The supervisor sees to it: what is away comes back, or stalls.
      fault: () => null,
      trouble: () => this.trouble(),
      progressOf,
      bytesOf: ({ last }) => last?.completedLength ?? -1,
      onCall: options.onCall,
    }
  }

  async attach(supervisor: Supervisor): Promise<void> {
    this.supervisor = supervisor
    if (this.closing) await supervisor.close()
  }

  async addTorrent(source: TorrentSource, folder: string, options: AddOptions = {}): Promise<string> {
    const { signal, demand, seededSecs = 0 } = options
    signal?.throwIfAborted()
    if (!isAbsolute(folder)) throw new Error('the folder of a torrent must be an absolute path')
    const read = readSource(source)
    this.watch.mustBeUp()
    const held = this.torrents.findOrHold(read.infoHash, resolve(folder), () => holdTorrent(read.infoHash, resolve(folder), read.trackers))
    await abortable(
      signal,
      this.torrents.queued(held, async () => {
        this.torrents.raiseDemand(held, demand)
        if (held.seedingSince === null) held.seededSecs = Math.max(held.seededSecs, seededSecs)
        await this.aligner.takeSource(held, read)
        await this.aligner.bring(held)
      }),
    )
    if (held.removed) return this.addTorrent(source, folder, options)
    return held.infoHash
  }

  async getFiles(infoHash: string): Promise<TorrentFileStatus[] | null> {
    const held = this.torrents.find(infoHash)
    await this.aligner.settleQuickly(held)
    return fileStatuses(held)
  }

  async waitForFiles(infoHash: string, options: WaitForFilesOptions): Promise<TorrentFileStatus[]> {
    const held = this.torrents.find(infoHash)
    return untilFiles(held, options, () => fileStatuses(held), this.waiting)
  }

  async selectFiles(infoHash: string, indexes: readonly number[]): Promise<void> {
    const held = this.torrents.find(infoHash)
    await this.torrents.queued(held, async () => {
      this.torrents.refuseGone(held)
      checkIndexes(held.metadata?.meta, indexes)
      held.wanted = new Set(indexes)
      held.complete = !isChecking(held.last) && hasWantedPieces(held)
      if (!held.complete) Object.assign(held, { goalReached: false, goalTold: false, provenRatio: 0, last: null })
      await this.aligner.bring(held)
    })
  }

  async waitForCompletion(infoHash: string, options: WaitForCompletionOptions): Promise<TorrentProgress> {
    const held = this.torrents.find(infoHash)
    const { indexes } = options
    if (!indexes) return untilComplete(held, options, () => held.complete, this.waiting)
    held.partsAwaited++
    try {
      return await untilComplete(held, options, () => areWhole(held, indexes), this.waiting)
    } finally {
      held.partsAwaited--
    }
  }

  async getProgress(infoHash: string): Promise<TorrentProgress | null> {
    const held = this.torrents.get(infoHash)
    if (!held) return null
    await this.aligner.settleQuickly(held)
    return progressOf(held)
  }

  async pause(infoHash: string, folder?: string): Promise<void> {
    // What a process that died had in its engine ended with it.
    if (folder === undefined || this.torrents.get(infoHash)) await this.setPaused(infoHash, true)
  }

  resume(infoHash: string): Promise<void> {
    return this.setPaused(infoHash, false)
  }

  async removeTorrent(infoHash: string, deleteFiles: boolean, remains?: Remains): Promise<void> {
    const held = this.torrents.get(infoHash)
    const folder = held?.folder ?? (remains && resolve(remains.folder))
    const deletion = async () => {
      if (!deleteFiles || folder === undefined) return
      await deleteContent(folder, infoHash, await contentOf(folder, infoHash, held?.metadata?.meta ?? null, remains?.paths))
    }
    if (!held) return deletion()
    await this.torrents.queued(held, async () => {
      if (held.removed) return
      held.removed = true
      this.torrents.changed(held)
      try {
        await this.aligner.letGo(held)
        await deletion()
        this.torrents.forget(infoHash)
      } catch (error) {
        held.removed = false
        throw error
      }
    })
  }

  letGo(infoHash: string): Promise<void> {
    return this.removeTorrent(infoHash, false)
  }

  async given(): Promise<Map<string, Given>> {
    if (this.supervisor?.up) await this.sampler.once().catch((error) => this.logFault(error))
    return this.torrents.given(({ complete }) => complete)
  }

  onSeedingGoal(listener: (infoHash: string, given: Given) => void): () => void {
    return this.torrents.onGoal(listener)
  }

  async health(): Promise<{ ok: boolean; message?: string; version?: string }> {
    if (this.closing) return { ok: false, message: 'The torrent engine was stopped.' }
    if (this.watch.isUp && !this.supervisor?.up) return { ok: false, message: DOWN }
    try {
      this.watch.mustBeUp()
      const { version } = await this.engine().perform(({ rpc }) => rpc.call('aria2.getVersion', [], Version))
      return { ok: true, version }
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : 'aria2c does not answer.' }
    }
  }

  close(): Promise<void> {
    if (!this.closing) {
      this.watch.close()
      this.closing = this.supervisor?.close() ?? Promise.resolve()
      this.sampler.close()
      this.torrents.close()
    }
    return this.closing
  }

  private onUp(moved: boolean, start: () => void): void {
    if (!this.supervisor) {
      start()
      return
    }
    // What it runs with is gone with its old addresses; the next run is told of all that is held.
    if (moved && this.supervisor.up) this.supervisor.restart()
    this.aligner.holdBack(false)
  }

  private async setPaused(infoHash: string, paused: boolean): Promise<void> {
    const held = this.torrents.find(infoHash)
    await this.torrents.queued(held, async () => {
      this.torrents.refuseGone(held)
      held.pausedByUser = paused
      await this.aligner.bring(held)
    })
  }

  /** Why nothing can come at present, whatever the torrent. */
  private trouble(): StageError | null {
    if (!this.watch.isUp) return interfaceDown(this.options.interface ?? '')
    return this.supervisor?.up ? null : new StageError('retryable', 'engine_unavailable', DOWN)
  }

  private engine(): Supervisor {
    if (this.supervisor) return this.supervisor
    this.watch.mustBeUp()
    throw new StageError('retryable', 'engine_unavailable', DOWN)
  }

  private logFault(error: unknown): void {
    if (!this.closing) this.faults.note(error)
  }
}
