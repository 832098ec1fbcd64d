import { StageError } from '@torrentino/domain'
import { hostsOnly } from '../shared/hosts-only.js'
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
