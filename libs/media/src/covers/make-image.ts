import { rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import { hashFile } from '../files/hash-file.js'
import { checkImage, type ImageOptions } from './check-image.js'
import { wantedKind, writeImage } from './write-image.js'

export interface ImageResult {
  output: string
  sizeBytes: number
  sha256: string
  width: number
  height: number
}

/** Makes the image that a ticket asks for out of one that was found, in the kind that the destination's name says; leaves nothing when that fails. */
export async function makeImage(input: string, output: string, options: ImageOptions): Promise<ImageResult> {
  wantedKind(output)
  const image = await checkImage(input, options)
  if (!image) throw new StageError('permanent', 'image_unusable', `${input} is no complete JPEG or PNG of acceptable size`)
  const target = resolve(output)
  await writeImage(image, target, options)
  try {
    const [{ size }, sha256] = await Promise.all([stat(target), hashFile(target, options.signal)])
    return { output: target, sizeBytes: size, sha256, width: image.width, height: image.height }
  } catch (error) {
    // The clean-up of an ended ticket may have been here before us.
    await rm(target, { force: true })
    throw error
  }
}
