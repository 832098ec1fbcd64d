import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ByteReader } from './byte-reader.js'
import { readFlacHead } from './flac-head.js'
import type { SoundInfo } from './media-info.js'
import { readOggHead } from './ogg-head.js'
import { probeMedia, sizeOfFile } from './probe-media.js'
import type { ProbeOptions } from './run-ffprobe.js'

const READERS: Record<string, typeof readFlacHead> = { fLaC: readFlacHead, OggS: readOggHead }

/**
 * What ffprobe says of sound, without starting it where the head is simple: a start takes as much of the processor as some
 * seconds of music. Whatever is not as plain as it should be is for ffprobe to judge.
 */
export async function inspectSound(path: string, options: ProbeOptions): Promise<SoundInfo> {
  const plain = await readHead(resolve(path))
  if (plain) return plain
  const { tags: _tags, ...sound } = await probeMedia(path, options)
  return sound
}

/** Undefined where only ffprobe can tell. */
export async function readHead(path: string): Promise<SoundInfo | undefined> {
  const sizeBytes = await sizeOfFile(path)
  const file = await open(path, 'r').catch(() => undefined)
  try {
    const mark = file && (await new ByteReader(file).take(4))?.toString('latin1')
    return mark ? await READERS[mark]?.(new ByteReader(file), sizeBytes) : undefined
  } finally {
    await file?.close()
  }
}
