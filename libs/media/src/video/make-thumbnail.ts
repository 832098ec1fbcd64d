import { mkdir, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import { checkImage } from '../covers/check-image.js'
import { type ImageResult, makeImage } from '../covers/make-image.js'
import { runImageFfmpeg } from '../covers/write-image.js'
import { MEDIA_GUARDS } from '../probe/input-guards.js'
import type { VideoOptions } from './convert-video.js'
import { probeVideo } from './probe-video.js'

export interface ThumbnailWish {
  /** Where in the film; a tenth into it by default, where titles are over. */
  atSecs?: number
  maxWidth?: number
}

const WIDTH = 640
const PART_OF_FILM = 0.1

/** A picture out of a film, as JPEG or PNG by the name of the output. */
export async function makeThumbnail(input: string, output: string, wish: ThumbnailWish, options: VideoOptions): Promise<ImageResult> {
  const file = resolve(input)
  const { video, durationSecs } = await probeVideo(file, options)
  if (!video) throw new StageError('permanent', 'media_unreadable', `${file} holds no film`)
  const raw = `${resolve(output)}.frame.part`
  const atSecs = Math.max(0, Math.min(wish.atSecs ?? (durationSecs ?? 0) * PART_OF_FILM, (durationSecs ?? 0) - 0.1))
  try {
    await mkdir(dirname(raw), { recursive: true })
    // Of some pictures in a row the one that is most like the others: no fade, no flash.
    const filter = `thumbnail=24,scale='min(${wish.maxWidth ?? WIDTH},iw)':-2`
    const read = ['-ss', atSecs.toFixed(3), ...MEDIA_GUARDS, '-i', file, '-map', `0:${video.index}`, '-frames:v', '1']
    await runImageFfmpeg([...read, '-vf', filter, '-c:v', 'png'], raw, options)
    if (!(await checkImage(raw, options))) throw new StageError('permanent', 'media_unreadable', `${file} shows no picture`)
    return await makeImage(raw, output, options)
  } finally {
    await rm(raw, { force: true })
  }
}
