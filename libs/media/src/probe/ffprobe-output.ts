import { z } from 'zod'
import type { AudioInfo, MediaInfo } from './media-info.js'

/** ffprobe writes numbers as text and leaves out or marks as N/A what it does not know. */
const number = z.coerce.number().finite().nonnegative().optional().catch(undefined)
const word = z.string().max(200).catch('unknown')
const Tags = z.record(z.string(), z.string().catch('')).catch({})

const mark = z.number().catch(0)
const Disposition = z.object({ attached_pic: mark, default: mark, forced: mark })

export const ProbedStream = z.object({
  index: z.int(),
  codec_type: word,
  codec_name: word,
  sample_rate: number,
  channels: number,
  bit_rate: number,
  bits_per_sample: number,
  bits_per_raw_sample: number,
  duration: number,
  width: number,
  height: number,
  pix_fmt: z.string().max(100).optional().catch(undefined),
  disposition: Disposition.catch({ attached_pic: 0, default: 0, forced: 0 }),
  tags: Tags.optional(),
})
export type ProbedStream = z.infer<typeof ProbedStream>

export const ProbedMedia = z.object({
  format: z.object({ format_name: z.string().max(200), duration: number, bit_rate: number, size: number, tags: Tags.optional() }),
  streams: z.array(ProbedStream).max(1000),
})
export type ProbedMedia = z.infer<typeof ProbedMedia>

export function mediaInfo({ format, streams }: ProbedMedia, sizeBytes: number, durationEstimated: boolean): MediaInfo {
  const audio = streams.find((stream) => stream.codec_type === 'audio')
  const pictures = attachedPictures(streams)
  return {
    format: format.format_name,
    durationSecs: audio?.duration ?? format.duration ?? null,
    durationEstimated,
    bitrateKbps: kilobits(format.bit_rate),
    sizeBytes,
    audio: audio ? audioInfo(audio) : null,
    videoStreams: streams.filter((stream) => stream.codec_type === 'video').length - pictures.length,
    attachedPictures: pictures.length,
    tags: lowerCaseKeys({ ...audio?.tags, ...format.tags }),
  }
}

export function attachedPictures(streams: ProbedStream[]): ProbedStream[] {
  return streams.filter((stream) => stream.codec_type === 'video' && stream.disposition.attached_pic === 1)
}

function audioInfo(stream: ProbedStream): AudioInfo {
  return {
    codec: stream.codec_name,
    sampleRateHz: stream.sample_rate ?? 0,
    channels: stream.channels ?? 0,
    bitrateKbps: kilobits(stream.bit_rate),
    bitDepth: stream.bits_per_raw_sample || stream.bits_per_sample || null,
  }
}

function kilobits(bits: number | undefined): number | null {
  return bits === undefined || bits === 0 ? null : Math.round(bits / 1000)
}

function lowerCaseKeys(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]))
}
