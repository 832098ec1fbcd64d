import { metadataTimeout } from '../shared/failures.js'
import type { HeldTorrents } from '../shared/held-torrents.js'
import { StallClock } from '../shared/stall-clock.js'
import { told } from '../shared/told.js'
import type { TorrentProgress, WaitForCompletionOptions, WaitForFilesOptions } from '../torrent-client.js'
import { type HeldTorrent, progressOf, stateOf } from './held-torrent.js'
import type { Mirror } from './mirror.js'
import type { QbittorrentOptions } from './options.js'
import type { Watcher } from './watcher.js'

export interface WaitingDeps {
  torrents: HeldTorrents<HeldTorrent>
  mirror: Mirror
  watcher: Watcher
  options: QbittorrentOptions
  /** Why nothing can come at present, whatever the torrent. */
  trouble(): unknown
}

/** Until the file list is there, and nothing is wanted of it yet: only then is it safe to go on. */
export async function untilFiles(held: HeldTorrent, { signal, timeoutMs }: WaitForFilesOptions, deps: WaitingDeps): Promise<void> {
  const { torrents, watcher, options } = deps
  const deadline = Date.now() + timeoutMs
  const timer = setTimeout(() => torrents.changed(held), timeoutMs)
  const stopWatching = watcher.onLook(() => {})
  const wait = () =>
    torrents.until(held, signal, () => {
      if (held.meta && !held.fresh) return true
      if (Date.now() >= deadline) throw deps.trouble() ?? metadataTimeout(held.infoHash)
      return undefined
    })
  try {
    await told(options.onCall, 'metadata', wait, signal)
  } finally {
    clearTimeout(timer)
    stopWatching()
  }
}

export async function untilComplete(held: HeldTorrent, options: WaitForCompletionOptions, deps: WaitingDeps): Promise<TorrentProgress> {
  const { torrents, mirror, watcher } = deps
  const { signal, onProgress, stallTimeoutMs, indexes } = options
  const part = indexes && { indexes, ready: false }
  if (part) {
    held.parts.add(part)
    held.partsSeenAt = -1
  }
  const isThere = () => part?.ready || (held.ready && (indexes ?? []).every((index) => held.wanted?.has(index)))
  const clock = new StallClock(held.infoHash, stallTimeoutMs)
  const stopWatching = watcher.onLook(() => {
    const live = mirror.get(held.infoHash)
    if (!watcher.fault) clock.tick(live?.completed ?? -1, stateOf(held, live))
    if (!watcher.fault && !isThere() && !held.removed && !held.failure) onProgress?.(progressOf(held, live))
    torrents.changed(held)
  })
  const wait = () =>
    torrents.until(held, signal, () => {
      if (isThere()) return progressOf(held, mirror.get(held.infoHash))
      clock.check(watcher.fault)
      return undefined
    })
  try {
    return await told(deps.options.onCall, 'transfer', wait, signal)
  } finally {
    if (part) held.parts.delete(part)
    stopWatching()
  }
}
