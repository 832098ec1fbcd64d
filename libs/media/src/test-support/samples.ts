import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const PROGRAMS = { ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe' }

/** A sine tone; the extension says the container unless `more` does. */
export async function makeTone(path: string, { seconds = 2, rate = 44_100, channels = 2, more = [] as string[] } = {}): Promise<string> {
  const tone = ['-t', String(seconds), '-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=${rate}`]
  await run('ffmpeg', ['-nostdin', '-v', 'error', ...tone, ...more, '-ac', String(channels), '-y', path], { timeout: 30_000 })
  return path
}

export async function makePicture(path: string, size = '64x48', source = 'testsrc'): Promise<string> {
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', `${source}=size=${size}`, '-frames:v', '1', '-y', path])
  return path
}

/** About 9 MB that do not compress. */
export async function makeNoisyPicture(path: string): Promise<string> {
  const pixels = randomBytes(1750 * 1750 * 3)
  const raw = `${path}.raw`
  await writeFile(raw, pixels)
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', '1750x1750', '-i', raw, '-y', path])
  return path
}

/** A program that stands in for ffmpeg. */
export async function makeScript(path: string, lines: string): Promise<string> {
  await writeFile(path, `#!/bin/sh\n${lines}\n`)
  await chmod(path, 0o755)
  return path
}
