import { StageError } from '@torrentino/domain'
import { aborted, diskFull } from '../files/file-errors.js'
import { missingProgram } from '../probe/run-ffprobe.js'
import type { ProcessEnd } from '../process/run-process.js'

const NO_SPACE = /No space left on device|Disk quota exceeded/
const NO_SOXR = /resampling engine is unavailable/
const NOT_OUR_FAULT = /Permission denied|Read-only file system|Input\/output error|Cannot allocate memory|Stale file handle/

/** The error behind an ffmpeg run, or undefined when it ended well. */
export function ffmpegError(end: ProcessEnd, ffmpegPath: string, input: string): StageError | undefined {
  const last = end.stderr.slice(-300)
  if (end.endedBy === 'abort') return aborted('Converting')
  if (end.endedBy === 'stall') return new StageError('retryable', 'ffmpeg_stalled', `ffmpeg made no progress with ${input} and was killed`)
  if (end.endedBy === 'timeout')
    return new StageError('retryable', 'ffmpeg_timeout', `ffmpeg took far longer than ${input} should take and was killed`)
  // It may end with code 0 after a failed write.
  if (NO_SPACE.test(end.stderr)) return diskFull('the converted file')
  if (end.code === 0) return undefined
  if (end.code === 126 || end.code === 127) return missingProgram(ffmpegPath)
  if (end.code > 128) return new StageError('retryable', 'ffmpeg_killed', `ffmpeg was killed by signal ${end.code - 128}: ${last}`)
  if (NO_SOXR.test(end.stderr)) return new StageError('permanent', 'soxr_missing', `${ffmpegPath} was built without soxr`)
  if (NOT_OUR_FAULT.test(end.stderr)) return new StageError('retryable', 'ffmpeg_failed', `ffmpeg could not read or write: ${last}`)
  return new StageError('permanent', 'media_unreadable', `ffmpeg cannot convert ${input}: ${last}`)
}
