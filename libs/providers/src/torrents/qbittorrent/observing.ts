import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { StageError } from '@torrentino/domain'
import type { HeldTorrents } from '../shared/held-torrents.js'
import { type AddingDeps, hasMetadata, takeFileList } from './adding.js'
import { diskFull, filesMissing, filesUnreachable, gaveUp } from './failures.js'
import { isComplete, wholeParts } from './file-list.js'
import { type HeldTorrent, shareOf } from './held-torrent.js'
import type { Live } from './mirror.js'
import { isRunning, phaseOf } from './phase.js'

/** Network file systems show a new file a little later. */
const VISIBLE_MS = 15_000
const MISSED_LOOKS = 3

export interface ObserverDeps extends AddingDeps {
  torrents: HeldTorrents<HeldTorrent>
  onFault(error: unknown): void
}

/** Draws the consequences of what the mirror shows. */
export class Observer {
  private readonly busy = new Set<HeldTorrent>()
  private readonly unseenSince = new WeakMap<HeldTorrent, number>()

  constructor(private readonly deps: ObserverDeps) {}

  /** After each look, for each torrent that we hold. */
  observe(held: HeldTorrent): void {
    const { mirror, torrents } = this.deps
    const live = mirror.get(held.infoHash)
    if (live) held.missedLooks = 0
    if (!live) this.noteRemoval(held)
    else if (!held.failure) this.noteState(held, live)
    torrents.changed(held)
  }

  private noteRemoval(held: HeldTorrent): void {
    // One that was just started reads its torrents one by one.
    if (!held.seen || held.removed || ++held.missedLooks < MISSED_LOOKS) return
    held.removed = true
    this.deps.torrents.changed(held)
    this.deps.torrents.forget(held.infoHash)
  }

  private noteState(held: HeldTorrent, live: Live): void {
    const isForgiven = Date.now() < held.forgivenUntil
    // What was on its way to the disk may have failed only after we tried again.
    if (isForgiven && phaseOf(live.state) === 'failed') this.soon(held, () => this.startAgain(held, live))
    const phase = isForgiven ? 'unknown' : phaseOf(live.state)
    if (phase === 'missing') held.failure = filesMissing()
    if (phase === 'failed') this.soon(held, () => this.noteFailure(held, live))
    if (phase === 'missing' || phase === 'failed') return
    held.share = shareOf(held, live)
    // The word may not have reached it, or not its disk when it was killed.
    if (held.pausedByUser && isRunning(phase)) this.soon(held, () => this.stopAgain(held, live))
    const isDone = phaseOf(live.state) === 'done'
    if ((!held.meta || held.fresh) && hasMetadata(live)) this.soon(held, () => this.learnFiles(held, live))
    else if (held.wanted && !held.ready && isDone) this.soon(held, () => this.confirm(held, live))
    else if (held.complete && !held.goalReached && isDone && this.deps.torrents.isGoalMet(held))
      this.soon(held, () => this.endSeeding(held, live))
    else if (awaitsParts(held) && phaseOf(live.state) !== 'checking' && held.partsSeenAt !== (live.completed ?? 0))
      this.soon(held, () => this.confirmParts(held, live))
  }

  /** What it says of free space is of the folder that it saves to by default. */
  private async noteFailure(held: HeldTorrent, live: Live): Promise<void> {
    // Added again meanwhile.
    if (Date.now() < held.forgivenUntil) return
    const needed = live.amount_left ?? 0
    const free = [this.deps.mirror.freeBytes, await freeAt(held.folder)].filter((bytes) => bytes >= 0)
    held.failure = free.some((bytes) => bytes < needed) ? diskFull() : gaveUp()
  }

  private async learnFiles(held: HeldTorrent, live: Live): Promise<void> {
    const { api } = this.deps
    await takeFileList(held, live, api).catch((error: unknown) => {
      if (!(error instanceof StageError) || error.kind !== 'permanent') throw error
      held.failure = error
    })
  }

  private async confirm(held: HeldTorrent, live: Live): Promise<void> {
    held.complete = await isComplete(held, live.id, this.deps.api)
    if (!held.complete) return
    if (await this.areVisible(held, held.wanted ?? [])) held.ready = true
    else if (this.unseenFor(held) > VISIBLE_MS) held.failure = filesUnreachable(held.folder)
  }

  private async confirmParts(held: HeldTorrent, live: Live): Promise<void> {
    const whole = await wholeParts(held, live.id, this.deps.api)
    for (const part of whole) part.ready = await this.areVisible(held, part.indexes)
    if (whole.every(({ ready }) => ready)) held.partsSeenAt = live.completed ?? 0
    else if (this.unseenFor(held) > VISIBLE_MS) held.failure = filesUnreachable(held.folder)
  }

  private async areVisible(held: HeldTorrent, indexes: Iterable<number>): Promise<boolean> {
    const visible = await areThere(held, indexes)
    if (visible) this.unseenSince.delete(held)
    return visible
  }

  /** qBittorrent has no limits of ours, so it is we who stop it. Meanwhile more may have come to be wanted. */
  private async endSeeding(held: HeldTorrent, live: Live): Promise<void> {
    if (!held.complete || !this.deps.torrents.isGoalMet(held)) return
    await this.deps.api.stop([live.id])
    held.goalReached = true
  }

  private async startAgain({ wanted, pausedByUser }: HeldTorrent, live: Live): Promise<void> {
    if (wanted && !pausedByUser) await this.deps.api.start([live.id])
  }

  private async stopAgain(held: HeldTorrent, live: Live): Promise<void> {
    if (held.pausedByUser) await this.deps.api.stop([live.id])
  }

  private unseenFor(held: HeldTorrent): number {
    const since = this.unseenSince.get(held) ?? Date.now()
    this.unseenSince.set(held, since)
    return Date.now() - since
  }

  /** One thing at a time, in the torrent's own queue; what fails is tried again at the next look. */
  private soon(held: HeldTorrent, work: () => Promise<void>): void {
    if (this.busy.has(held)) return
    this.busy.add(held)
    const { torrents, onFault } = this.deps
    void torrents
      .queued(held, async () => {
        if (!held.removed) await work()
      })
      .catch(onFault)
      .finally(() => {
        this.busy.delete(held)
        torrents.changed(held)
      })
  }
}

/** For fewer files than are wanted; who waits for all of them is told by the state, which costs no request. */
function awaitsParts({ parts, wanted }: HeldTorrent): boolean {
  return [...parts].some(({ indexes }) => wanted !== null && new Set(indexes).size < wanted.size)
}

/** -1 where we cannot look. */
async function freeAt(folder: string): Promise<number> {
  return statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => -1,
  )
}

async function areThere({ folder, meta }: HeldTorrent, indexes: Iterable<number>): Promise<boolean> {
  for (const index of indexes) {
    const file = meta?.files[index]
    if (!file || file.padding || file.size_bytes === 0) continue
    const size = await stat(join(folder, file.path)).then(
      (found) => found.size,
      () => -1,
    )
    if (size !== file.size_bytes) return false
  }
  return true
}
