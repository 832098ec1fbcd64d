import type { Torrents } from '@torrentino/store'
import type { DownloadFacts } from './decide-download.js'
import type { Shortage } from './shortage.js'
import type { Slots } from './slots.js'

export interface GiveWayDeps {
  torrents: Pick<Torrents, 'isAwaited'>
  slots: Pick<Slots, 'isAwaited'>
  shortage: Pick<Shortage, 'isFresh'>
}

const LOOK_MS = 1000
const AGAIN_MS = 10_000

/** Loads what nobody waits for as long as nobody needs the place, the torrent, the space or the client; then it stops, and goes on another time where it stood. */
export async function givingWay(
  infoHash: string,
  deps: GiveWayDeps,
  signal: AbortSignal,
  load: (signal: AbortSignal) => Promise<DownloadFacts>,
): Promise<DownloadFacts> {
  const needed = await whoNeeds(infoHash, deps)
  if (needed !== null) return wayGiven(needed)
  const way = new AbortController()
  const look = async () => {
    const reason = await whoNeeds(infoHash, deps)
    if (reason !== null) way.abort(reason)
  }
  const timer = setInterval(() => void look().catch(() => {}), LOOK_MS)
  try {
    return await load(AbortSignal.any([signal, way.signal]))
  } catch (error) {
    if (signal.aborted || !way.signal.aborted) throw error
    return wayGiven(way.signal.reason)
  } finally {
    clearInterval(timer)
  }
}

async function whoNeeds(infoHash: string, { torrents, slots, shortage }: GiveWayDeps): Promise<string | null> {
  const [torrent, place] = await Promise.all([torrents.isAwaited(infoHash), slots.isAwaited()])
  if (torrent) return TORRENT_AWAITED
  if (place) return 'a ticket waits for the place'
  return shortage.isFresh() ? 'a ticket waits for space, or for a client' : null
}

export const TORRENT_AWAITED = 'a ticket loads from this torrent'

export function wayGiven(reason: string): DownloadFacts {
  return { kind: 'wait', ms: AGAIN_MS, reason }
}
