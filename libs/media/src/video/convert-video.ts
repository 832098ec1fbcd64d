import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import type { ConversionOptions } from '../convert/conversion.js'
import { ffmpegError } from '../convert/ffmpeg-errors.js'
import { percentOf, timeLimitMs } from '../convert/limits.js'
import { runFfmpeg } from '../convert/run-ffmpeg.js'
import { publishFile } from '../files/durable.js'
import { aborted, fileStageError } from '../files/file-errors.js'
import { requireSpace } from '../files/free-space.js'
import { hashFile } from '../files/hash-file.js'
import { checkVideo } from './check-video.js'
import { chooseTracks } from './choose-tracks.js'
import { probeVideo } from './probe-video.js'
import { exceeds, type VideoPlan, videoArguments } from './video-arguments.js'
import { memoryOf, VIDEO_CODECS, type VideoEncoder, workingEncoders } from './video-encoders.js'
import type { VideoInfo, VideoTrack } from './video-info.js'
import type { VideoProfile } from './video-profile.js'

export interface VideoJob {
  input: string
  /** Written as `<output>.part` until it is complete and checked. */
  output: string
  profile: VideoProfile
}

export interface VideoOptions extends Omit<ConversionOptions, 'upscale' | 'coverMaxSide' | 'loudnessTags'> {
  /** Whether chips for it are used where there are some. */
  hardware?: boolean
}

export interface VideoResult {
  output: string
  sizeBytes: number
  sha256: string
  info: VideoInfo
  /** By which the pictures were made; null where they were copied. */
  encoder: string | null
  notes: string[]
}

/** Films take long; a hang shows by its silence much earlier. */
const MAX_DURATION_FACTOR = 60
const SPARE_BYTES = 1024 * 1024

/** Makes a film what the profile says, copying whatever can stay. The output appears only when it is complete and checked. */
export async function convertVideo(job: VideoJob, options: VideoOptions): Promise<VideoResult> {
  if (options.signal?.aborted) throw aborted('Converting')
  const [input, output] = [resolve(job.input), resolve(job.output)]
  const part = `${output}.part`
  const info = withVideo(await probeVideo(input, options), input)
  const plan = { input, output: part, info, profile: job.profile, tracks: chooseTracks(info, job.profile) }
  try {
    await mkdir(dirname(output), { recursive: true })
    await requireSpace(dirname(output), info.sizeBytes + SPARE_BYTES)
    const encoder = await makeFilm(plan, options)
    const result = await checkVideo({ ...plan, encoder }, options)
    const sha256 = await hashFile(part, options.signal)
    await publishFile(part, output)
    options.onProgress?.(100)
    const { size } = await stat(output)
    return { output, sizeBytes: size, sha256, info: result, encoder: encoder?.name ?? null, notes: plan.tracks.notes }
  } catch (error) {
    if (options.signal?.aborted) throw aborted('Converting')
    throw fileStageError(error, output)
  } finally {
    await rm(part, { force: true })
  }
}

/** Chips have moods: where one gives up, the next way is tried, and the processor comes last. */
async function makeFilm(plan: Omit<VideoPlan, 'encoder'>, options: VideoOptions): Promise<VideoEncoder | null> {
  const encoders = await encodersFor(plan, options)
  for (const [at, encoder] of encoders.entries()) {
    try {
      await runOnce({ ...plan, encoder }, options)
      return encoder
    } catch (error) {
      const last = at === encoders.length - 1
      if (last || !encoder?.hardware || (error instanceof StageError && ['aborted', 'disk_full'].includes(error.code))) throw error
    }
  }
  throw new StageError('permanent', 'no_encoder', `this ffmpeg cannot make ${plan.profile.video}`)
}

async function encodersFor(
  { info: { video }, profile }: Omit<VideoPlan, 'encoder'>,
  options: VideoOptions,
): Promise<(VideoEncoder | null)[]> {
  if (profile.video === 'keep') return [null]
  const isAlready = video.codec === VIDEO_CODECS[profile.video].probedAs && !exceeds(video, profile.maxHeight)
  return isAlready ? [null] : workingEncoders(profile.video, options.ffmpegPath, options.hardware ?? true)
}

async function runOnce(plan: VideoPlan, options: VideoOptions): Promise<void> {
  const { ffmpegPath, signal, stallTimeoutMs, killGraceMs, maxDurationFactor = MAX_DURATION_FACTOR } = options
  const seconds = plan.info.durationSecs
  await rm(plan.output, { force: true })
  const timeoutMs = timeLimitMs(seconds, { ...options, maxDurationFactor })
  const onTime = percentOf(seconds, options.onProgress)
  const end = await runFfmpeg(videoArguments(plan), {
    ...{ ffmpegPath, signal, stallTimeoutMs, killGraceMs, timeoutMs, onTime },
    memoryMb: memoryOf(plan.encoder),
  })
  const error = ffmpegError(end, ffmpegPath, plan.input)
  if (error) throw error
}

function withVideo(info: VideoInfo, input: string): VideoInfo & { video: VideoTrack } {
  const { video } = info
  if (!video) throw new StageError('permanent', 'media_unreadable', `${input} holds no film`)
  return { ...info, video }
}
