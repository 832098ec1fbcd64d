import { StageError } from '@torrentino/domain'
import { hostsOnly } from './hosts-only.js'
import type { Status } from './schema.js'

const DISK_FULL = '9'
const BAD_TORRENT = ['25', '26', '27']

export function failureOf({ errorCode, errorMessage }: Status): StageError {
  if (errorCode === DISK_FULL) {
    return new StageError(
      'retryable',
      'disk_full',
      'There is not enough space left in the download folder. Free some; the download is tried again.',
    )
  }
  const words = hostsOnly((errorMessage ?? '').slice(0, 300))
  if (BAD_TORRENT.includes(errorCode ?? '')) {
    return new StageError('permanent', 'torrent_invalid', `The torrent cannot be used: ${words} Choose another release.`)
  }
  return new StageError('retryable', 'download_failed', `The torrent engine gave up (code ${errorCode ?? 'unknown'}): ${words}`)
}

export function unknownTorrent(infoHash: string): StageError {
  return new StageError('retryable', 'torrent_unknown', `The torrent ${infoHash} is not held by the engine. Add it first.`)
}

export function removedTorrent(infoHash: string): StageError {
  return new StageError('retryable', 'torrent_removed', `The torrent ${infoHash} was removed while it was waited for.`)
}

export function metadataTimeout(infoHash: string): StageError {
  return new StageError('retryable', 'metadata_timeout', `No peer gave the file list of torrent ${infoHash} in time. It may be dead.`)
}

export function stalled(infoHash: string, ms: number): StageError {
  return new StageError(
    'retryable',
    'download_stalled',
    `Torrent ${infoHash} got no data for ${Math.round(ms / 1000)} s. It may have no seeders.`,
  )
}
