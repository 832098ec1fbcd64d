import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import { ffmpegError } from '../convert/ffmpeg-errors.js'
import { runFfmpeg } from '../convert/run-ffmpeg.js'
import { publishFile } from '../files/durable.js'
import { fileStageError } from '../files/file-errors.js'
import { requireSpace } from '../files/free-space.js'
import { guardsFor } from '../probe/input-guards.js'
import type { ImageKind, ImageOptions, UsableImage } from './check-image.js'

const ENCODERS: Record<ImageKind, string[]> = {
  jpg: ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj444p'],
  png: ['-c:v', 'png'],
}

/** What the name of a destination asks for, or an error that says what is possible. */
export function wantedKind(output: string): ImageKind {
  const extension = extname(output).toLowerCase()
  if (extension === '.jpg' || extension === '.jpeg') return 'jpg'
  if (extension === '.png') return 'png'
  throw new StageError('permanent', 'image_format_unsupported', `${output}: images can be made as .jpg, .jpeg or .png`)
}

/** The image at the output in the asked kind, copied where it is that already. Complete or not there at all. */
export async function writeImage(image: UsableImage, output: string, options: ImageOptions): Promise<void> {
  const target = resolve(output)
  const kind = wantedKind(target)
  await intoPart(target, async (part) => {
    await requireSpace(dirname(part), image.sizeBytes)
    if (image.kind === kind) await copyFile(image.path, part)
    else await runImageFfmpeg([...guardsFor(image.demuxer), '-i', image.path, '-frames:v', '1', ...ENCODERS[kind]], part, options)
  })
}

/** Lets `write` fill `<output>.part`, then publishes it; leaves nothing behind when that fails. */
async function intoPart(output: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${output}.part`
  try {
    await mkdir(dirname(output), { recursive: true })
    await rm(part, { force: true })
    await write(part)
    await publishFile(part, output)
  } catch (error) {
    throw fileStageError(error, output)
  } finally {
    await rm(part, { force: true })
  }
}

/** A JPEG of the picture that fits into a square. */
export function scaleArguments({ demuxer, path }: UsableImage, maxSide: number): string[] {
  const fit = `scale=${maxSide}:${maxSide}:force_original_aspect_ratio=decrease:flags=lanczos`
  return [...guardsFor(demuxer), '-i', path, '-frames:v', '1', '-vf', fit, ...ENCODERS.jpg]
}

/** One picture as a plain file. */
export async function runImageFfmpeg(args: string[], output: string, options: ImageOptions): Promise<void> {
  const { ffmpegPath, signal, timeoutMs = 30_000 } = options
  const end = await runFfmpeg([...args, '-f', 'image2pipe', '-y', output], { ffmpegPath, signal, timeoutMs, killGraceMs: 500 })
  const error = ffmpegError(end, ffmpegPath, output)
  if (error) throw error
}
