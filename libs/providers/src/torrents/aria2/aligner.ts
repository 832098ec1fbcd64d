import { EventEmitter } from 'node:events'
import { StageError } from '@torrentino/domain'
import type { HeldTorrents } from '../shared/held-torrents.js'
import { dropMetadata, loadMetadata, saveMetadata } from '../shared/metadata-store.js'
import type { ReadSource } from '../shared/source.js'
import { apply, type Notified, release } from './commands.js'
import { absorb, type HeldTorrent, hasNewParts } from './held-torrent.js'
import { fail, refresh } from './refresh.js'
import { Aria2Refusal } from './rpc.js'
import type { Status } from './schema.js'
import type { Link, Supervisor } from './supervisor.js'

const SETTLING = new Set(['aria2.onDownloadComplete', 'aria2.onBtDownloadComplete', 'aria2.onDownloadError'])

interface AlignerDeps {
  torrents: HeldTorrents<HeldTorrent>
  engine(): Supervisor
  onFault(error: unknown): void
}

/** Brings aria2 to what is held, again after each start of it, and takes over what it says. */
export class Aligner {
  private readonly notified: Notified = new EventEmitter().setMaxListeners(0)

  constructor(private readonly deps: AlignerDeps) {}

  /** To be called within the torrent's queue. */
  async bring(held: HeldTorrent): Promise<void> {
    try {
      await this.deps.engine().perform((link) => this.bringOver(held, link))
    } finally {
      this.deps.torrents.changed(held)
    }
    // Also where it was recorded over a connection that was lost since.
    if (held.failure) throw held.failure
  }

  /** To be called within the torrent's queue. */
  async letGo(held: HeldTorrent): Promise<void> {
    await this.deps.engine().perform((link) => release(held, link, this.notified))
  }

  /** To be called within the torrent's queue. */
  async takeSource(held: HeldTorrent, source: ReadSource): Promise<void> {
    if (held.removed) return
    if (held.failure) await this.letGo(held)
    held.failure = null
    if (held.metadata) return
    const metadata = source.metadata ?? (await loadMetadata(held.folder, held.infoHash).catch(() => null))
    const trackers = [...new Set([...held.trackers, ...source.trackers])]
    if (metadata || trackers.length > held.trackers.length) await this.letGo(held)
    if (source.metadata) await saveMetadata(held.folder, held.infoHash, source.metadata.torrent)
    else if (!metadata) await dropMetadata(held.folder, held.infoHash)
    Object.assign(held, { metadata, trackers })
  }

  /** Asks aria2 how the torrent stands. */
  async settle(held: HeldTorrent): Promise<void> {
    const { torrents, engine } = this.deps
    try {
      await torrents.queued(held, () => engine().perform((link) => refresh(held, link, this.notified)))
    } finally {
      torrents.changed(held)
    }
  }

  /** For answers that may be a little old rather than late. */
  async settleQuickly(held: HeldTorrent): Promise<void> {
    if (held.started && this.deps.engine().up) await this.settle(held).catch(this.deps.onFault)
  }

  /** A new connection: aria2 is told again what it should hold, and asked what we may have missed. */
  restoreAll(): void {
    for (const held of this.deps.torrents.all()) {
      if (held.failure) continue
      void this.deps.torrents
        .queued(held, () => this.bring(held))
        .then(() => this.settle(held))
        .catch(this.deps.onFault)
    }
  }

  /** While the interface is down nothing runs; afterwards all goes on. */
  holdBack(isDown: boolean): void {
    const { torrents, engine, onFault } = this.deps
    for (const held of torrents.all()) {
      held.heldBack = isDown
      torrents.changed(held)
      if (!held.failure && engine().up) void torrents.queued(held, () => this.bring(held)).catch(onFault)
    }
  }

  onNotification(method: string, gid: string): void {
    this.notified.emit(gid)
    const held = this.deps.torrents.all().find((candidate) => candidate.gid === gid)
    if (held && SETTLING.has(method)) this.settle(held).catch(this.deps.onFault)
  }

  absorbSamples(statuses: Status[]): void {
    const byGid = new Map(this.deps.torrents.all().map((held) => [held.gid, held]))
    for (const status of statuses) {
      const held = byGid.get(status.gid)
      if (!held) continue
      absorb(held, status)
      // Its event may have been lost with a connection.
      const looksDone = held.metadata !== null && status.totalLength > 0 && status.completedLength === status.totalLength
      if ((looksDone && !held.complete) || hasNewParts(held, status)) this.settle(held).catch(this.deps.onFault)
    }
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
}
