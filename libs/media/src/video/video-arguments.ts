import ffmpeg from 'fluent-ffmpeg'
import { MEDIA_GUARDS } from '../probe/input-guards.js'
import { audioEncoder, type ChosenTracks, subtitleEncoder } from './choose-tracks.js'
import { VIDEO_CODECS, type VideoEncoder } from './video-encoders.js'
import type { VideoInfo, VideoTrack } from './video-info.js'
import type { VideoProfile } from './video-profile.js'

export interface VideoPlan {
  input: string
  output: string
  info: VideoInfo & { video: VideoTrack }
  profile: VideoProfile
  tracks: ChosenTracks
  /** Null: the pictures are copied. */
  encoder: VideoEncoder | null
}

const MUXER = { mkv: 'matroska', mp4: 'mp4' } as const
const KBPS_PER_CHANNEL = 80

/** fluent-ffmpeg composes the command line and nothing else. */
export function videoArguments(plan: VideoPlan): string[] {
  const { input, output, info, profile, encoder } = plan
  const command = ffmpeg(input).inputOptions(...(encoder?.device ?? []), ...MEDIA_GUARDS)
  command.output(output).outputOptions('-map', `0:${info.video.index}`, '-map_metadata', '-1', ...pictures(plan))
  for (const [at, track] of plan.tracks.audio.entries()) command.outputOptions('-map', `0:${track.index}`, ...sound(plan, at))
  for (const [at, track] of plan.tracks.subtitles.entries()) command.outputOptions('-map', `0:${track.index}`, ...letters(plan, at))
  // Styled subtitles name the fonts that they come with.
  if (profile.container === 'mkv' && plan.tracks.subtitles.some(({ codec }) => codec === 'ass'))
    command.outputOptions('-map', '0:t?', '-c:t', 'copy')
  if (profile.container === 'mp4') command.outputOptions('-movflags', '+faststart')
  return command.format(MUXER[profile.container])._getArguments()
}

function pictures({ info: { video }, profile, encoder }: VideoPlan): string[] {
  const hevc = video.codec === 'hevc' || profile.video === 'h265'
  const tag = profile.container === 'mp4' && hevc ? ['-tag:v', 'hvc1'] : []
  if (!encoder || profile.video === 'keep') return ['-c:v', 'copy', ...tag]
  const quality = encoder.quality(profile.quality ?? VIDEO_CODECS[profile.video].defaultQuality)
  // H.264 with ten bits plays hardly anywhere.
  const depth = video.deep && profile.video !== 'h264' && !encoder.hardware ? 'yuv420p10le' : 'yuv420p'
  const filters = [...scale(video, profile.maxHeight), `format=${depth}`, ...(encoder.upload ? [encoder.upload] : [])]
  return ['-c:v', encoder.name, ...quality, '-vf', filters.join(','), ...tag]
}

/** A box of 16:9, since a film of 21:9 has fewer lines at the same width. */
export function exceeds({ width, height }: VideoTrack, maxHeight: number | undefined): boolean {
  return maxHeight !== undefined && (height > maxHeight || width > boxWidth(maxHeight))
}

function scale(video: VideoTrack, maxHeight: number | undefined): string[] {
  if (maxHeight === undefined || !exceeds(video, maxHeight)) return []
  return [`scale=${boxWidth(maxHeight)}:${maxHeight}:force_original_aspect_ratio=decrease:force_divisible_by=2`]
}

function boxWidth(maxHeight: number): number {
  return Math.ceil((maxHeight * 16) / 9)
}

function sound({ tracks, profile }: VideoPlan, at: number): string[] {
  const track = tracks.audio[at]
  if (!track) return []
  const encoder = audioEncoder(track, profile)
  const rate = encoder === 'copy' ? [] : [`-b:a:${at}`, `${KBPS_PER_CHANNEL * Math.max(2, track.channels)}k`]
  // libopus knows few layouts; the others are turned into what it knows.
  const layout = encoder === 'libopus' ? [`-filter:a:${at}`, 'aformat=channel_layouts=mono|stereo|5.1|7.1'] : []
  return [`-c:a:${at}`, encoder, ...rate, ...layout, ...named('a', at, track), `-disposition:a:${at}`, at === 0 ? 'default' : '0']
}

function letters({ tracks, profile }: VideoPlan, at: number): string[] {
  const track = tracks.subtitles[at]
  if (!track) return []
  const marks = [...(track.default ? ['default'] : []), ...(track.forced ? ['forced'] : [])].join('+') || '0'
  return [`-c:s:${at}`, subtitleEncoder(track, profile), ...named('s', at, track), `-disposition:s:${at}`, marks]
}

function named(type: 'a' | 's', at: number, { language, title }: { language?: string; title?: string }): string[] {
  const tags = Object.entries({ language, title }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return tags.flatMap(([key, value]) => [`-metadata:s:${type}:${at}`, `${key}=${value.replaceAll('\0', '')}`])
}
