import type { Ticket } from '@torrentino/domain'

export interface ItemRef {
  itemId: string
  idx: number
}

/**
 * Whatever is long and begun last is what all wait for in the end. Tracks by their length, or by the size of their files where
 * one's length is not known; pictures, which take moments, behind them.
 */
export function longestFirst<T extends ItemRef>({ request, work }: Pick<Ticket, 'request' | 'work'>, items: readonly T[]): T[] {
  const lengths = new Map(request.tracks.map((track) => [track.catalog_track_id, track.duration_secs]))
  const sizes = new Map(work.download?.files?.map((file) => [file.item_id, file.size_bytes]))
  const allKnown = items.every((item) => !lengths.has(item.itemId) || lengths.get(item.itemId) !== undefined)
  const weightOf = ({ itemId }: T) => (lengths.has(itemId) ? ((allKnown ? lengths : sizes).get(itemId) ?? 0) : -1)
  return items.toSorted((a, b) => weightOf(b) - weightOf(a) || a.idx - b.idx)
}
