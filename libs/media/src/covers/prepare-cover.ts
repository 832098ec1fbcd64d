import { readFile, stat } from 'node:fs/promises'
import type { Picture } from '../tags/audio-tags.js'
import { checkImage, type ImageOptions, type UsableImage } from './check-image.js'
import { runImageFfmpeg, scaleArguments } from './write-image.js'

type CoverOptions = ImageOptions & { maxSide?: number }

/** The tracks of an album come one after the other with one cover. */
const KEPT_COVERS = 8
const LARGEST_KEPT = 2 * 1024 * 1024
const kept = new Map<string, Picture>()

/** The cover as it goes into a file: sound, and no larger than the bound. Null for what is no picture. */
export async function prepareCover(path: string, scratch: string, options: CoverOptions): Promise<Picture | null> {
  const key = await keyOf(path, options)
  const before = kept.get(key)
  if (before) return before
  const picture = await prepare(path, scratch, options)
  if (picture && picture.data.length <= LARGEST_KEPT) kept.set(key, picture)
  for (const old of [...kept.keys()].slice(0, -KEPT_COVERS)) kept.delete(old)
  return picture
}

async function prepare(path: string, scratch: string, options: CoverOptions): Promise<Picture | null> {
  const image = await checkImage(path, options)
  if (!image) return null
  const { maxSide = Number.POSITIVE_INFINITY } = options
  if (Math.max(image.width, image.height) <= maxSide) return pictureOf(image)
  await runImageFfmpeg(scaleArguments(image, maxSide), scratch, options)
  const scaled = await checkImage(scratch, options)
  return scaled && pictureOf(scaled)
}

async function keyOf(path: string, { maxSide }: CoverOptions): Promise<string> {
  const { ino, size, mtimeMs } = await stat(path).catch(() => ({ ino: 0, size: 0, mtimeMs: 0 }))
  return [path, ino, size, mtimeMs, maxSide].join('|')
}

async function pictureOf({ path, mime, width, height }: UsableImage): Promise<Picture> {
  return { mime, width, height, data: await readFile(path) }
}
