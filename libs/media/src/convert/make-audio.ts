import { copyFile, rm } from 'node:fs/promises'
import { StageError } from '@torrentino/domain'
import type { AudioInfo, SoundInfo } from '../probe/media-info.js'
import { copyArguments, encodeArguments } from './build-arguments.js'
import type { ConversionJob, ConversionOptions } from './conversion.js'
import { noteDamage } from './damage.js'
import { ffmpegError } from './ffmpeg-errors.js'
import { audioFilters, type FilterPlan, mayClip, seekSecs } from './filters.js'
import { percentOf, timeLimitMs } from './limits.js'
import { measureLevels } from './measure-levels.js'
import type { ConversionPlan } from './plan-conversion.js'
import { runFfmpeg } from './run-ffmpeg.js'
import type { Target } from './target.js'

export interface AudioWork {
  job: ConversionJob
  options: ConversionOptions
  source: SoundInfo & { audio: AudioInfo }
  plan: ConversionPlan
  part: string
  /** Playing time of what comes out; null where nobody knows. */
  seconds: number | null
}

/** Where a run is about a decibel over full scale it is turned down by that, and a hair. */
const SPARE_DB = 0.02

/** The audio alone, without tags and pictures, as `part`. */
export async function makeAudio(work: AudioWork): Promise<void> {
  const { plan, job, part } = work
  // An ffmpeg of an earlier attempt that still runs somewhere keeps its own, now nameless, file.
  await rm(part, { force: true })
  // The frames of an MP3 are copied when its tags are written, with the notes of its encoder that ffmpeg would drop.
  if (plan.method === 'verbatim' || (plan.method === 'copied' && isPlainMp3(work))) return copyFile(job.input, part)
  if (plan.method === 'copied') return run(work, copyArguments({ input: job.input, output: part, codec: plan.codec }))
  await encode(work, plan.target)
}

function isPlainMp3({ plan, source }: AudioWork): boolean {
  return plan.method === 'copied' && plan.codec.container === 'mp3' && source.format === 'mp3'
}

/** Programs that turned out to lack the better resampler. */
const withoutSoxr = new Set<string>()

async function encode(work: AudioWork, target: Target): Promise<void> {
  const { ffmpegPath } = work.options
  try {
    await encodeWith(work, target, !withoutSoxr.has(ffmpegPath))
  } catch (error) {
    if (!(error instanceof StageError) || error.code !== 'soxr_missing') throw error
    withoutSoxr.add(ffmpegPath)
    await encodeWith(work, target, false)
  }
}

async function encodeWith(work: AudioWork, target: Target, soxr: boolean): Promise<void> {
  const { job, source } = work
  const plan: FilterPlan = { source: source.audio, sourceFormat: source.format, target, span: job.span, soxr }
  const attenuationDb = mayClip(plan) ? await excessDb(work, plan) : 0
  const filters = audioFilters({ ...plan, attenuationDb })
  await run(work, encodeArguments({ input: job.input, output: work.part, seekSecs: seekSecs(plan), filters, target }))
}

async function excessDb({ job, options, seconds }: AudioWork, plan: FilterPlan): Promise<number> {
  const limits = { ...options, timeoutMs: timeLimitMs(seconds, options) }
  const { peakDb } = await measureLevels({ input: job.input, seekSecs: seekSecs(plan), filters: audioFilters(plan) }, limits)
  return peakDb > 0 ? peakDb + SPARE_DB : 0
}

async function run({ job, options, plan, seconds, source }: AudioWork, args: string[]): Promise<void> {
  const { signal, ffmpegPath, stallTimeoutMs, killGraceMs } = options
  const limits = { signal, ffmpegPath, stallTimeoutMs, killGraceMs, timeoutMs: timeLimitMs(seconds, options) }
  const end = await runFfmpeg(args, { ...limits, onTime: percentOf(seconds, options.onProgress) })
  const error = ffmpegError(end, ffmpegPath, job.input)
  if (error) throw error
  noteDamage(end.stderr, source.audio.codec, job.input, plan.notes)
}
