import { StageError } from '@torrentino/domain'
import type { HeldTorrent } from './held-torrent.js'

export function checkIndexes(held: HeldTorrent, indexes: readonly number[]): void {
  const count = held.metadata?.meta.files.length
  if (count === undefined)
    throw new StageError('retryable', 'metadata_missing', 'The file list of the torrent is not there yet. Wait for it first.')
  if (indexes.length > 0 && indexes.every((index) => Number.isInteger(index) && index >= 0 && index < count)) return
  throw new StageError('permanent', 'file_index_invalid', `At least one file must be chosen, by its number from 0 to ${count - 1}.`)
}

/** aria2 counts from 1: {0, 1, 2, 6} becomes `1-3,7`. */
export function ranges(indexes: Iterable<number>): string {
  const spans: [number, number][] = []
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const open = spans.at(-1)
    if (open && open[1] === index) open[1] = index + 1
    else spans.push([index + 1, index + 1])
  }
  return spans.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',')
}
