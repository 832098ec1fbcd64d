import type { TorrentProgress, WaitForCompletionOptions, WaitForFilesOptions } from '../torrent-client.js'
import { metadataTimeout } from './failures.js'
import type { Held, HeldTorrents } from './held-torrents.js'
import { StallClock } from './stall-clock.js'
import { type OnCall, told } from './told.js'

/** What a client knows of its torrents while somebody waits for one. */
export interface WaitingDeps<H extends Held> {
  torrents: HeldTorrents<H>
  /** Has the engine looked at about once a second, and calls after each look. Answers how to stop. */
  onLook(listener: () => void): () => void
  /** Why the last look failed, if it did. */
  fault(): unknown
  /** Why nothing can come at present, whatever the torrent. */
  trouble(): unknown
  progressOf(held: H): TorrentProgress
  /** As the engine counts them; -1: not known. */
  bytesOf(held: H): number
  onCall?: OnCall
}

/** Until `find` finds the file list. */
export async function untilFiles<H extends Held, T>(
  held: H,
  { signal, timeoutMs }: WaitForFilesOptions,
  find: () => T | null,
  deps: WaitingDeps<H>,
): Promise<T> {
  const { torrents, onLook, onCall } = deps
  let isLate = false
  // The timer alone says when it is late: the clock of the day may be a little behind it, and nothing would make us look again.
  const timer = setTimeout(() => {
    isLate = true
    torrents.changed(held)
  }, timeoutMs)
  const stopLooking = onLook(() => {})
  const wait = () =>
    torrents.until(held, signal, () => {
      const found = find()
      if (found === null && isLate) throw deps.trouble() ?? metadataTimeout(held.infoHash)
      return found ?? undefined
    })
  try {
    return await told(onCall, 'metadata', wait, signal)
  } finally {
    clearTimeout(timer)
    stopLooking()
  }
}

/** Until `isThere`, or until it stands still for too long. */
export async function untilComplete<H extends Held>(
  held: H,
  { signal, onProgress, stallTimeoutMs }: WaitForCompletionOptions,
  isThere: () => boolean,
  deps: WaitingDeps<H>,
): Promise<TorrentProgress> {
  const { torrents, onLook, fault, progressOf, bytesOf, onCall } = deps
  const clock = new StallClock(held.infoHash, stallTimeoutMs)
  const stopLooking = onLook(() => {
    if (!fault()) {
      const progress = progressOf(held)
      clock.tick(bytesOf(held), progress.state)
      if (!isThere() && !held.removed && !held.failure) onProgress?.(progress)
    }
    torrents.changed(held)
  })
  const wait = () =>
    torrents.until(held, signal, () => {
      if (isThere()) return progressOf(held)
      clock.check(fault())
      return undefined
    })
  try {
    return await told(onCall, 'transfer', wait, signal)
  } finally {
    stopLooking()
  }
}
