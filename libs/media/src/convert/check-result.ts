import { StageError } from '@torrentino/domain'
import type { MediaInfo } from '../probe/media-info.js'
import { probeMedia } from '../probe/probe-media.js'
import type { ProbeOptions } from '../probe/run-ffprobe.js'
import type { Target } from './target.js'

/** Exit code 0 is not success: a truncated source ends well and short. */
export async function checkResult(part: string, target: Target, source: MediaInfo, options: ProbeOptions): Promise<MediaInfo> {
  const result = await probeMedia(part, options).catch((error: unknown) => {
    if (error instanceof StageError && error.code === 'media_unreadable') throw invalid('ffmpeg left no readable file', error)
    throw error
  })
  const fault = faultOf(result, target, source)
  if (fault) throw invalid(fault)
  return result
}

function faultOf(result: MediaInfo, target: Target, source: MediaInfo): string | undefined {
  if (!result.audio) return 'it holds no audio'
  if (!target.codec.probedAs.includes(result.audio.codec)) return `it is ${result.audio.codec}, not ${target.format}`
  if (result.audio.sampleRateHz !== target.sampleRateHz)
    return `its sample rate is ${result.audio.sampleRateHz} Hz, not ${target.sampleRateHz} Hz`
  if (result.durationSecs === null || result.durationSecs <= 0) return 'it plays for no time at all'
  // A guessed length is no measure.
  if (source.durationSecs === null || source.durationEstimated) return undefined
  const tolerance = Math.max(1, source.durationSecs / 100)
  if (Math.abs(result.durationSecs - source.durationSecs) <= tolerance) return undefined
  return `it plays for ${result.durationSecs.toFixed(1)} s, its source for ${source.durationSecs.toFixed(1)} s; the source is damaged or cut off`
}

function invalid(why: string, cause?: unknown): StageError {
  return new StageError('permanent', 'output_invalid', `The converted file is not good: ${why}`, { cause })
}
