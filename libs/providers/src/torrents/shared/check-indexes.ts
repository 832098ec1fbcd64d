import { StageError } from '@torrentino/domain'
import type { Metainfo } from '../metainfo.js'

export function checkIndexes(meta: Metainfo | undefined, indexes: readonly number[]): void {
  const count = meta?.files.length
  if (count === undefined)
    throw new StageError('retryable', 'metadata_missing', 'The file list of the torrent is not there yet. Wait for it first.')
  if (indexes.length > 0 && indexes.every((index) => Number.isInteger(index) && index >= 0 && index < count)) return
  throw new StageError('permanent', 'file_index_invalid', `At least one file must be chosen, by its number from 0 to ${count - 1}.`)
}
