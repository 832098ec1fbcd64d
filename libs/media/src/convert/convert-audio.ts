import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import { checkImage, type UsableImage } from '../covers/check-image.js'
import { pictureBlock } from '../covers/picture-block.js'
import { publishFile } from '../files/durable.js'
import { aborted, fileStageError } from '../files/file-errors.js'
import { requireSpace } from '../files/free-space.js'
import { hashFile } from '../files/hash-file.js'
import type { MediaInfo } from '../probe/media-info.js'
import { probeMedia } from '../probe/probe-media.js'
import { buildArguments } from './build-arguments.js'
import { checkResult } from './check-result.js'
import type { ConversionJob, ConversionOptions, ConversionResult, CoverOutcome } from './conversion.js'
import { estimateBytes } from './estimate-size.js'
import { ffmpegError } from './ffmpeg-errors.js'
import { runFfmpeg } from './run-ffmpeg.js'
import { tagsFile } from './tags-file.js'
import { chooseTarget, type Target } from './target.js'

interface Run {
  job: ConversionJob
  options: ConversionOptions
  source: MediaInfo
  target: Target
  part: string
  tagsPath: string
}

/** Converts one file. The output appears only when it is complete, checked and on disk; running it again replaces it. */
export async function convertAudio(job: ConversionJob, options: ConversionOptions): Promise<ConversionResult> {
  if (options.signal?.aborted) throw aborted('Converting')
  const paths = { ...job, input: resolve(job.input), output: resolve(job.output) }
  const source = await probeMedia(paths.input, options)
  if (!source.audio) throw new StageError('permanent', 'media_unreadable', `${paths.input} holds no audio`)
  const target = chooseTarget(job, source.audio)
  const part = `${paths.output}.part`
  const run = { job: paths, options, source, target, part, tagsPath: `${paths.output}.tags.part` }
  try {
    return await convertInto(run)
  } catch (error) {
    if (options.signal?.aborted) throw aborted('Converting')
    throw fileStageError(error, paths.output)
  } finally {
    await Promise.all([part, run.tagsPath].map((path) => rm(path, { force: true })))
  }
}

async function convertInto(run: Run): Promise<ConversionResult> {
  const { job, options, target, part } = run
  const image = job.coverPath !== undefined && target.codec.cover !== 'none' ? await checkImage(job.coverPath, options) : null
  await mkdir(dirname(job.output), { recursive: true })
  await requireSpace(dirname(job.output), estimateBytes(target, playingTime(run), image?.sizeBytes ?? 0))

  const cover = await encode(run, image)
  const info = await checkResult(part, target, run.source, options)
  const sha256 = await hashFile(part, options.signal)
  await publishFile(part, job.output)
  options.onProgress?.(100)
  const { size } = await stat(job.output)
  return { output: job.output, sizeBytes: size, durationSecs: info.durationSecs ?? 0, sha256, info, cover }
}

/** A picture that the muxer chokes on must not cost the music: then it goes without. */
async function encode(run: Run, image: UsableImage | null): Promise<CoverOutcome> {
  if (!image) {
    await encodeOnce(run, null)
    return run.job.coverPath !== undefined && run.target.codec.cover !== 'none' ? 'unusable' : 'none'
  }
  try {
    await encodeOnce(run, image)
    return 'embedded'
  } catch (error) {
    if (!(error instanceof StageError) || error.kind === 'retryable') throw error
    await encodeOnce(run, null)
    return 'unusable'
  }
}

async function encodeOnce(run: Run, image: UsableImage | null): Promise<void> {
  const { job, options, target, part, tagsPath } = run
  const asComment = image && target.codec.cover === 'comment' ? await pictureBlock(image) : undefined
  await writeFile(tagsPath, tagsFile(job.tags ?? {}, target.codec, asComment))
  // An ffmpeg of an earlier attempt that still runs somewhere keeps its own, now nameless, file.
  await rm(part, { force: true })
  const asStream = target.codec.cover === 'stream' ? image : null
  const args = buildArguments({ input: job.input, tagsFile: tagsPath, cover: asStream, output: part, target })
  const seconds = playingTime(run)
  const end = await runFfmpeg(args, {
    ...options,
    timeoutMs: timeLimitMs(seconds, options),
    onTime: percentOf(seconds, options.onProgress),
  })
  const error = ffmpegError(end, options.ffmpegPath, job.input)
  if (error) throw error
}

const UNKNOWN_SECS = 3600

function playingTime({ source, job }: Run): number {
  return source.durationSecs ?? job.expectedDurationSecs ?? UNKNOWN_SECS
}

function timeLimitMs(seconds: number, { maxDurationFactor = 4, timeLimitFloorMs = 300_000 }: ConversionOptions): number {
  return Math.max(timeLimitFloorMs, seconds * 1000 * maxDurationFactor)
}

/** At most 99 while ffmpeg runs: the checks come after it. */
function percentOf(seconds: number, onProgress: ConversionOptions['onProgress']): (converted: number) => void {
  let last = -1
  return (converted) => {
    const pct = Math.min(99, Math.floor((converted / seconds) * 100))
    if (pct <= last) return
    last = pct
    onProgress?.(pct)
  }
}
