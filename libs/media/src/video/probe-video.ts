import { attachedPictures, type ProbedMedia, type ProbedStream } from '../probe/ffprobe-output.js'
import { probeStreams } from '../probe/probe-media.js'
import type { ProbeOptions } from '../probe/run-ffprobe.js'
import type { AudioTrack, SubtitleTrack, VideoInfo, VideoTrack } from './video-info.js'

const TEXT_SUBTITLES = ['subrip', 'ass', 'ssa', 'mov_text', 'webvtt', 'text']

/** Describes a film by its content. Throws StageError `media_unreadable` for anything that is none; a file without pictures has no `video`. */
export async function probeVideo(path: string, options: ProbeOptions): Promise<VideoInfo> {
  const { media, sizeBytes, durationEstimated } = await probeStreams(path, options)
  return { ...tracksOf(media), format: media.format.format_name, durationSecs: media.format.duration ?? null, durationEstimated, sizeBytes }
}

function tracksOf({ streams }: ProbedMedia): Pick<VideoInfo, 'video' | 'audio' | 'subtitles'> {
  const pictures = new Set(attachedPictures(streams))
  const of = (type: string) => streams.filter((stream) => stream.codec_type === type && !pictures.has(stream))
  const [film] = of('video').filter(({ width = 0, height = 0 }) => width > 0 && height > 0)
  return { video: film ? videoTrack(film) : null, audio: of('audio').map(audioTrack), subtitles: of('subtitle').map(subtitleTrack) }
}

function videoTrack({ index, codec_name, width = 0, height = 0, pix_fmt = '' }: ProbedStream): VideoTrack {
  return { index, codec: codec_name, width, height, deep: /p?(1[0-6])(le|be)$/.test(pix_fmt) }
}

function audioTrack(stream: ProbedStream): AudioTrack {
  return { ...named(stream), channels: stream.channels ?? 0 }
}

function subtitleTrack(stream: ProbedStream): SubtitleTrack {
  return { ...named(stream), text: TEXT_SUBTITLES.includes(stream.codec_name), forced: stream.disposition.forced === 1 }
}

function named({ index, codec_name, tags = {}, disposition }: ProbedStream) {
  const tag = (name: string) =>
    Object.entries(tags)
      .find(([key]) => key.toLowerCase() === name)?.[1]
      ?.slice(0, 200) || undefined
  return { index, codec: codec_name, language: tag('language'), title: tag('title'), default: disposition.default === 1 }
}
