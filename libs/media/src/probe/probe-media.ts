import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileStageError, isMissing } from '../files/file-errors.js'
import { mediaInfo } from './ffprobe-output.js'
import { MEDIA_GUARDS } from './input-guards.js'
import type { MediaInfo } from './media-info.js'
import { type ProbeOptions, runFfprobe, unreadable } from './run-ffprobe.js'

/** Describes a media file by its content. Throws StageError `media_unreadable` for anything that is none. */
export async function probeMedia(path: string, options: ProbeOptions): Promise<MediaInfo> {
  const { media, sizeBytes, durationEstimated } = await probeStreams(path, options)
  return mediaInfo(media, sizeBytes, durationEstimated)
}

/** All that ffprobe says of it. */
export async function probeStreams(path: string, options: ProbeOptions) {
  const file = resolve(path)
  const sizeBytes = await sizeOfFile(file)
  const { media, warnings } = await runFfprobe(file, MEDIA_GUARDS, options)
  if (media.streams.length === 0) throw unreadable(file, 'it holds no streams')
  return { media, sizeBytes, durationEstimated: /Estimating duration from bitrate/.test(warnings) }
}

/** Only regular files: a pipe or device would keep ffprobe waiting. */
export async function sizeOfFile(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw isMissing(error) ? unreadable(file, 'it does not exist', error) : fileStageError(error, file)
  })
  if (!found.isFile()) throw unreadable(file, 'it is not a regular file')
  if (found.size === 0) throw unreadable(file, 'it is empty')
  return found.size
}
