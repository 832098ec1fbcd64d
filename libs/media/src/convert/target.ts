import type { AudioFormat } from '@torrentino/domain'
import type { AudioInfo } from '../probe/media-info.js'
import { CODECS, type Codec } from './codecs.js'
import type { ConversionJob } from './conversion.js'

/** What the encoder is told, after the wish met what the codec takes. */
export interface Target {
  format: AudioFormat
  codec: Codec
  sampleRateHz: number
  channels: number
  /** Null: lossless, or steered by quality. */
  bitrateKbps: number | null
  quality: number | null
  bitDepth: 16 | 24
}

/** Above it a lossy file only grows, so it is exceeded only when asked for. */
const LOSSY_RATE_HZ = 48_000

export function chooseTarget(job: Pick<ConversionJob, 'format' | 'bitrateKbps' | 'sampleRateHz'>, source: AudioInfo): Target {
  const codec = CODECS[job.format]
  const channels = Math.max(1, Math.min(source.channels, codec.maxChannels))
  const sampleRateHz = chooseRate(codec, job.sampleRateHz, source.sampleRateHz || 44_100)
  const base = { format: job.format, codec, sampleRateHz, channels, bitDepth: (source.bitDepth ?? 16) > 16 ? 24 : 16 } as const
  if (codec.defaultBitrateKbps === undefined) return { ...base, bitrateKbps: null, quality: null }

  const wanted = job.bitrateKbps ?? codec.defaultBitrateKbps
  if (job.format === 'ogg_vorbis' && sampleRateHz > LOSSY_RATE_HZ)
    return { ...base, bitrateKbps: null, quality: vorbisQuality(wanted / channels) }
  const [min, max] = bitrateRange(job.format, sampleRateHz, channels)
  return { ...base, bitrateKbps: Math.floor(Math.min(max, Math.max(min, wanted))), quality: null }
}

function chooseRate(codec: Codec, asked: number | undefined, source: number): number {
  const rates = codec.sampleRates
  if (!rates) return asked ?? source
  const allowed = asked === undefined ? rates.filter((rate) => rate <= LOSSY_RATE_HZ) : rates
  const wanted = asked ?? source
  if (allowed.includes(wanted)) return wanted
  // 88.2 kHz becomes 44.1 and not 48: whole ratios resample best.
  const divisor = allowed.findLast((rate) => rate >= 44_100 && wanted % rate === 0)
  return divisor ?? allowed.find((rate) => rate >= wanted) ?? allowed.at(-1) ?? wanted
}

/** kbit/s for the whole stream that the encoder opens with. */
function bitrateRange(format: AudioFormat, rate: number, channels: number): [min: number, max: number] {
  switch (format) {
    case 'ogg_vorbis':
      return scale(vorbisRangePerChannel(rate), channels)
    case 'opus':
      return scale([6, 256], channels)
    case 'mp3':
      return rate >= 32_000 ? [32, 320] : rate >= 16_000 ? [8, 160] : [8, 64]
    default:
      // AAC: a frame of 1024 samples holds at most 6144 bits per channel.
      return scale([8, (6 * rate) / 1000], channels)
  }
}

function scale([min, max]: readonly [number, number], channels: number): [number, number] {
  return [min * channels, max * channels]
}

/** Beyond these libvorbis refuses to start. */
function vorbisRangePerChannel(rate: number): [number, number] {
  if (rate >= 44_100) return [32, 240]
  if (rate >= 32_000) return [30, 190]
  if (rate >= 22_050) return [16, 90]
  if (rate >= 16_000) return [16, 100]
  return rate >= 11_025 ? [12, 48] : [8, 42]
}

/** Above 48 kHz libvorbis has no managed bitrate; the usual ladder of its quality levels stands in. */
function vorbisQuality(kbpsPerChannel: number): number {
  const ladder = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160]
  const level = ladder.findIndex((kbps) => kbpsPerChannel <= kbps)
  return level === -1 ? 10 : level
}
