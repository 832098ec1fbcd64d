import { StageError } from '@torrentino/domain'
import type { ProbeOptions } from '../probe/run-ffprobe.js'
import { probeVideo } from './probe-video.js'
import { exceeds, type VideoPlan } from './video-arguments.js'
import { VIDEO_CODECS } from './video-encoders.js'
import type { VideoInfo } from './video-info.js'

/** Exit code 0 is not success: what was made is looked at like anything foreign. */
export async function checkVideo(plan: VideoPlan, options: ProbeOptions): Promise<VideoInfo> {
  const result = await probeVideo(plan.output, options).catch((error: unknown) => {
    if (error instanceof StageError && error.code === 'media_unreadable') throw invalid('ffmpeg left no readable file', error)
    throw error
  })
  const fault = faultOf(result, plan)
  if (fault) throw invalid(fault)
  return result
}

function faultOf({ video, audio, subtitles, durationSecs }: VideoInfo, { info, profile, tracks }: VideoPlan): string | undefined {
  if (!video) return 'it holds no pictures'
  const codec = profile.video === 'keep' ? info.video.codec : VIDEO_CODECS[profile.video].probedAs
  if (video.codec !== codec) return `it is ${video.codec}, not ${codec}`
  if (profile.video !== 'keep' && exceeds(video, profile.maxHeight)) return `it has ${video.height} lines`
  if (audio.length !== tracks.audio.length) return `it has ${audio.length} tracks of sound, not ${tracks.audio.length}`
  if (subtitles.length !== tracks.subtitles.length) return `it has ${subtitles.length} tracks of subtitles, not ${tracks.subtitles.length}`
  if (durationSecs === null || durationSecs <= 0) return 'it plays for no time at all'
  if (info.durationSecs === null || info.durationEstimated) return undefined
  if (Math.abs(durationSecs - info.durationSecs) <= Math.max(1, info.durationSecs / 100)) return undefined
  return `it plays for ${durationSecs.toFixed(1)} s, its source for ${info.durationSecs.toFixed(1)} s; the source is damaged or cut off`
}

function invalid(why: string, cause?: unknown): StageError {
  return new StageError('permanent', 'output_invalid', `The converted film is not good: ${why}`, { cause })
}
