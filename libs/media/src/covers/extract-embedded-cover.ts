import { mkdir, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import { attachedPictures, type ProbedStream } from '../probe/ffprobe-output.js'
import { MEDIA_GUARDS } from '../probe/input-guards.js'
import { readHead } from '../probe/inspect-sound.js'
import { runFfprobe } from '../probe/run-ffprobe.js'
import { checkImage, type ImageOptions, type UsableImage } from './check-image.js'
import { runImageFfmpeg, wantedKind, writeImage } from './write-image.js'

/** Writes the picture attached to an audio file, the front cover before others. Null when there is none that is usable. */
export async function extractEmbeddedCover(audioFile: string, output: string, options: ImageOptions): Promise<UsableImage | null> {
  const input = resolve(audioFile)
  const picture = await findPicture(input, options)
  if (!picture) return null
  const raw = `${resolve(output)}.raw.part`
  try {
    await mkdir(dirname(raw), { recursive: true })
    const copyStream = ['-map', `0:${picture.index}`, '-frames:v', '1', '-c:v', 'copy']
    await runImageFfmpeg([...MEDIA_GUARDS, '-i', input, ...copyStream], raw, options)
    const image = await checkImage(raw, options)
    if (!image) return null
    await writeImage(image, output, options)
    return image.kind === wantedKind(output) ? { ...image, path: resolve(output) } : await checkImage(output, options)
  } catch (error) {
    if (error instanceof StageError && error.code === 'media_unreadable') return null
    throw error
  } finally {
    await rm(raw, { force: true })
  }
}

async function findPicture(input: string, options: ImageOptions): Promise<ProbedStream | undefined> {
  try {
    if ((await readHead(input))?.attachedPictures === 0) return undefined
    const { media } = await runFfprobe(input, MEDIA_GUARDS, options)
    const pictures = attachedPictures(media.streams)
    return pictures.find(({ tags }) => tags?.comment === 'Cover (front)') ?? pictures[0]
  } catch (error) {
    if (error instanceof StageError && error.code === 'media_unreadable') return undefined
    throw error
  }
}
