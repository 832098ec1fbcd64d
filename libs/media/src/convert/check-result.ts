import { stat } from 'node:fs/promises'
import { StageError } from '@torrentino/domain'
import { DECODING_GUARDS } from '../probe/input-guards.js'
import { inspectSound } from '../probe/inspect-sound.js'
import type { SoundInfo } from '../probe/media-info.js'
import { isLossless } from './codecs.js'
import { noteDamage } from './damage.js'
import { ffmpegError } from './ffmpeg-errors.js'
import { timeLimitMs } from './limits.js'
import type { AudioWork } from './make-audio.js'
import { runFfmpeg } from './run-ffmpeg.js'

/** A file that loses nothing tells its length to the sample, so that a lost frame shows; lossy ones are filled up to whole frames. */
const EXACT_SECS = 0.05
const FILLED_SECS = 0.25

/** Before anybody reads in it. */
export async function requireOutput(part: string): Promise<void> {
  const { size } = await stat(part).catch(() => ({ size: 0 }))
  if (size === 0) throw invalid('ffmpeg left no file')
}

/** Exit code 0 is not success: a truncated source ends well and short. */
export async function checkResult(work: AudioWork): Promise<SoundInfo> {
  const result = await inspectSound(work.part, work.options).catch((error: unknown) => {
    if (error instanceof StageError && error.code === 'media_unreadable') throw invalid('ffmpeg left no readable file', error)
    throw error
  })
  const fault = faultOf(result, work) ?? (await faultOfCopy(result, work))
  if (fault) throw invalid(fault)
  return result
}

function faultOf(result: SoundInfo, { plan, source, seconds }: AudioWork): string | undefined {
  if (!result.audio) return 'it holds no audio'
  const { codec, sampleRateHz } = result.audio
  if (plan.method === 'encoded') {
    const { target } = plan
    if (!target.codec.probedAs.includes(codec)) return `it is ${codec}, not ${target.format}`
    if (sampleRateHz !== target.sampleRateHz) return `its sample rate is ${sampleRateHz} Hz, not ${target.sampleRateHz} Hz`
  } else if (codec !== source.audio.codec) return `it is ${codec}, its source ${source.audio.codec}`
  if (result.durationSecs === null || result.durationSecs <= 0) return 'it plays for no time at all'
  // A guessed length is no measure.
  return source.durationEstimated ? undefined : faultOfLength(result.durationSecs, seconds, toleranceOf(source, result))
}

/** Copied packets carry a head that tells the length they should have: whether they have it shows when they are decoded. */
async function faultOfCopy(result: SoundInfo, { job, plan, source, part, options }: AudioWork): Promise<string | undefined> {
  if (plan.method === 'encoded') return undefined
  let decoded = 0
  const args = [...DECODING_GUARDS, '-i', part, '-map', '0:a:0', '-f', 'null', '-']
  const limits = { ...options, timeoutMs: timeLimitMs(result.durationSecs, options) }
  const end = await runFfmpeg(args, {
    ...limits,
    onTime: (seconds) => {
      decoded = seconds
    },
  })
  const error = ffmpegError(end, options.ffmpegPath, part)
  if (error) throw error
  noteDamage(end.stderr, source.audio.codec, job.input, plan.notes)
  return result.durationEstimated ? undefined : faultOfLength(decoded, result.durationSecs, toleranceOf(result, result))
}

function toleranceOf(source: SoundInfo, result: SoundInfo): number {
  if (!isLossless(source.audio?.codec ?? '')) return Math.max(1, (source.durationSecs ?? 0) / 100)
  return isLossless(result.audio?.codec ?? '') ? EXACT_SECS : FILLED_SECS
}

function faultOfLength(is: number, should: number | null, tolerance: number): string | undefined {
  if (should === null || Math.abs(is - should) <= tolerance) return undefined
  return `it plays for ${is.toFixed(2)} s, its source for ${should.toFixed(2)} s; the source is damaged or cut off`
}

function invalid(why: string, cause?: unknown): StageError {
  return new StageError('permanent', 'output_invalid', `The converted file is not good: ${why}`, { cause })
}
