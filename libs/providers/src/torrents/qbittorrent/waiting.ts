import { interfaceDown } from '../shared/failures.js'
import type { HeldTorrents } from '../shared/held-torrents.js'
import { untilComplete, type WaitingDeps } from '../shared/waiting.js'
import type { TorrentProgress, WaitForCompletionOptions } from '../torrent-client.js'
import { type HeldTorrent, type Part, progressOf } from './held-torrent.js'
import type { HoldBack } from './hold-back.js'
import type { Mirror } from './mirror.js'
import type { QbittorrentOptions } from './options.js'
import type { Watcher } from './watcher.js'

interface Sources {
  torrents: HeldTorrents<HeldTorrent>
  mirror: Mirror
  watcher: Watcher
  holdBack: HoldBack
  options: QbittorrentOptions
}

export function waitingBy({ torrents, mirror, watcher, holdBack, options }: Sources): WaitingDeps<HeldTorrent> {
  return {
    torrents,
    onLook: (listener) => watcher.onLook(listener),
    fault: () => watcher.fault,
    trouble: () => watcher.fault ?? (holdBack.isDown ? interfaceDown(options.interface ?? '') : null),
    progressOf: (held) => progressOf(held, mirror.get(held.infoHash)),
    bytesOf: ({ infoHash }) => mirror.get(infoHash)?.completed ?? -1,
    onCall: options.onCall,
  }
}

export async function untilWhole(
  held: HeldTorrent,
  options: WaitForCompletionOptions,
  deps: WaitingDeps<HeldTorrent>,
): Promise<TorrentProgress> {
  if (!options.indexes) return untilComplete(held, options, () => held.ready, deps)
  const part: Part = { indexes: options.indexes, ready: false }
  held.parts.add(part)
  // What may have come before is looked at, too.
  held.partsSeenAt = -1
  const isThere = () => part.ready || (held.ready && part.indexes.every((index) => held.wanted?.has(index)))
  try {
    return await untilComplete(held, options, isThere, deps)
  } finally {
    held.parts.delete(part)
  }
}
