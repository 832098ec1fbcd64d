import type { AudioFormat } from '@torrentino/domain'
import type { MediaInfo } from '../probe/media-info.js'

export interface AudioTags {
  title?: string
  artist?: string
  album?: string
  albumArtist?: string
  track?: number
  trackTotal?: number
  disc?: number
  discTotal?: number
  year?: number
  genre?: string
}

export interface ConversionJob {
  input: string
  /** Written as `<output>.part` until it is complete and checked. */
  output: string
  format: AudioFormat
  bitrateKbps?: number
  sampleRateHz?: number
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
  /** No growth of the converted time for this long: ffmpeg hangs. */
  stallTimeoutMs?: number
  /** The whole run may take this many times the playing time, but always the floor. */
  maxDurationFactor?: number
  timeLimitFloorMs?: number
  killGraceMs?: number
}

export type CoverOutcome = 'embedded' | 'none' | 'unusable'

export interface ConversionResult {
  output: string
  sizeBytes: number
  durationSecs: number
  sha256: string
  info: MediaInfo
  cover: CoverOutcome
}
