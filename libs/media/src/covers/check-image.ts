import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import { runFfmpeg } from '../convert/run-ffmpeg.js'
import { aborted } from '../files/file-errors.js'
import { guardsFor } from '../probe/input-guards.js'
import { missingProgram, runFfprobe } from '../probe/run-ffprobe.js'

export type ImageKind = 'jpg' | 'png'

export interface ImageOptions {
  ffmpegPath: string
  ffprobePath: string
  signal?: AbortSignal
  timeoutMs?: number
  maxBytes?: number
}

export interface UsableImage {
  path: string
  kind: ImageKind
  demuxer: 'jpeg_pipe' | 'png_pipe'
  mime: string
  sizeBytes: number
  width: number
  height: number
}

export const MAX_IMAGE_BYTES = 10 * 1024 * 1024
const FATAL = ['aborted', 'program_missing']
const MAX_SIDE = 16_384
/** A few KB can unpack to gigabytes. */
const MAX_PIXELS = 64_000_000
const SIGNATURES: [ImageKind, Buffer][] = [
  ['jpg', Buffer.from([0xff, 0xd8, 0xff])],
  ['png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
]

/** By its first bytes; the name of a file says nothing. Null for anything that is not a JPEG or PNG within the limit. */
export async function imageKind(path: string, maxBytes = MAX_IMAGE_BYTES): Promise<ImageKind | null> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile() || found.size === 0 || found.size > maxBytes) return null
  const head = await readHead(path).catch(() => Buffer.alloc(0))
  return SIGNATURES.find(([, signature]) => head.subarray(0, signature.length).equals(signature))?.[0] ?? null
}

/** An image that can be decoded from end to end, or null. Throws only when stopped or when a program is missing. */
export async function checkImage(path: string, options: ImageOptions): Promise<UsableImage | null> {
  const file = resolve(path)
  const kind = await imageKind(file, options.maxBytes)
  if (!kind) return null
  const demuxer = kind === 'jpg' ? 'jpeg_pipe' : 'png_pipe'
  const size = await imageSize(file, demuxer, options)
  if (!size || !(await decodes(file, demuxer, options))) return null
  const { size: sizeBytes } = await stat(file)
  return { path: file, kind, demuxer, mime: kind === 'jpg' ? 'image/jpeg' : 'image/png', sizeBytes, ...size }
}

async function imageSize(file: string, demuxer: string, options: ImageOptions): Promise<{ width: number; height: number } | null> {
  try {
    const { media } = await runFfprobe(file, guardsFor(demuxer), options)
    const { width = 0, height = 0 } = media.streams[0] ?? {}
    const bounded = width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS
    return width > 0 && height > 0 && bounded ? { width, height } : null
  } catch (error) {
    if (!(error instanceof StageError) || FATAL.includes(error.code)) throw error
    return null
  }
}

/** A picture that is cut off has a good header. */
async function decodes(file: string, demuxer: string, { ffmpegPath, signal, timeoutMs = 30_000 }: ImageOptions): Promise<boolean> {
  const args = ['-xerror', ...guardsFor(demuxer), '-i', file, '-f', 'null', '-']
  const end = await runFfmpeg(args, { ffmpegPath, signal, timeoutMs, killGraceMs: 500 })
  if (end.endedBy === 'abort') throw aborted('Checking an image')
  if (end.code === 126 || end.code === 127) throw missingProgram(ffmpegPath)
  return end.code === 0 && !/EOI missing|overread/.test(end.stderr)
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
