import { readFile } from 'node:fs/promises'
import type { Picture } from '../tags/audio-tags.js'
import { checkImage, type ImageOptions, type UsableImage } from './check-image.js'
import { runImageFfmpeg, scaleArguments } from './write-image.js'

/** The cover as it goes into a file: sound, and no larger than the bound. Null for what is no picture. */
export async function prepareCover(path: string, scratch: string, options: ImageOptions & { maxSide?: number }): Promise<Picture | null> {
  const image = await checkImage(path, options)
  if (!image) return null
  const { maxSide = Number.POSITIVE_INFINITY } = options
  if (Math.max(image.width, image.height) <= maxSide) return pictureOf(image)
  await runImageFfmpeg(scaleArguments(image, maxSide), scratch, options)
  const scaled = await checkImage(scratch, options)
  return scaled && pictureOf(scaled)
}

async function pictureOf({ path, mime, width, height }: UsableImage): Promise<Picture> {
  return { mime, width, height, data: await readFile(path) }
}
