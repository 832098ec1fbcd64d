import type { AudioFormat } from '@torrentino/domain'
import type { SoundInfo } from '../probe/media-info.js'
import type { AudioTags } from '../tags/audio-tags.js'

/** Of a compact disc. */
export const FRAMES_PER_SECOND = 75

/** Part of a disc, in frames. Without an end it runs to the end. */
export interface DiscSpan {
  from: number
  to?: number
}

export interface ConversionJob {
  input: string
  /** Written as `<output>.part` until it is complete and checked. */
  output: string
  format: AudioFormat
  bitrateKbps?: number
  /** Variable bitrate of MP3, in place of a fixed one. */
  vbr?: 'v0' | 'v2'
  sampleRateHz?: number
  bitDepth?: 16 | 24
  channels?: number
  /** Only this part of the input becomes the output. */
  span?: DiscSpan
  /** Exactly these are written; those of the source are never carried over. */
  tags?: AudioTags
  coverPath?: string
  /** Stands in where the source does not tell its length. */
  expectedDurationSecs?: number
}

export interface ConversionOptions {
  ffmpegPath: string
  ffprobePath: string
  signal?: AbortSignal
  /** Whole percents, increasing, 100 when the output stands. */
  onProgress?: (pct: number) => void
  /** Of what would only look better than its source: say so, or refuse to make it. */
  upscale?: 'flag' | 'refuse'
  /** Larger covers are scaled down before they are embedded. */
  coverMaxSide?: number
  /** Looks for HDCD codes in what comes from a compact disc, and decodes them; else they are left in what stays lossless. */
  decodeHdcd?: boolean
  /** Measures the track and writes ReplayGain, or R128 where that is the custom. */
  loudnessTags?: boolean
  /** No growth of the converted time for this long: ffmpeg hangs. */
  stallTimeoutMs?: number
  /** The whole run may take this many times the playing time, but always the floor. */
  maxDurationFactor?: number
  timeLimitFloorMs?: number
  killGraceMs?: number
}

export type CoverOutcome = 'embedded' | 'none' | 'unusable'

/** Encoded anew, the same audio in a new file, or the whole file as it was. */
export type ConversionMethod = 'encoded' | 'copied' | 'verbatim'

export interface ConversionResult {
  output: string
  sizeBytes: number
  durationSecs: number
  sha256: string
  info: SoundInfo
  cover: CoverOutcome
  method: ConversionMethod
  /** What the owner of the music may want to know, in sentences. */
  notes: string[]
}
