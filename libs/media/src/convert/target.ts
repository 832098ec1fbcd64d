import type { AudioInfo } from '../probe/media-info.js'
import { CODECS, type Codec, type EncodedFormat } from './codecs.js'
import { depthOf, type Wish } from './quality.js'

/** What the encoder is told, after the wish met what the codec takes. */
export interface Target {
  format: EncodedFormat
  codec: Codec
  lossless: boolean
  sampleRateHz: number
  channels: number
  /** Null: lossless, or steered by quality. */
  bitrateKbps: number | null
  quality: number | null
  /** What was asked for, by number or by letter, before the codec had a say. */
  wantedKbps: number | null
  vbr: 'v0' | 'v2' | null
  bitDepth: 16 | 24
}

export type EncodedWish = Wish & { format: EncodedFormat }

/** Above it a lossy file only grows, so it is exceeded only when asked for. */
const LOSSY_RATE_HZ = 48_000
const LAME_QUALITY = { v0: 0, v2: 2 } as const

export function chooseTarget(wish: EncodedWish, source: AudioInfo): Target {
  const { format } = wish
  const codec = CODECS[format]
  const channels = Math.max(1, Math.min(wish.channels ?? source.channels, codec.maxChannels))
  const sampleRateHz = chooseRate(codec, wish.sampleRateHz, source.sampleRateHz || 44_100)
  const bitDepth = wish.bitDepth ?? depthOf(source)
  const steered = { bitrateKbps: null, quality: null, wantedKbps: null, vbr: null }
  const base = { format, codec, lossless: codec.defaultBitrateKbps === undefined, sampleRateHz, channels, bitDepth, ...steered }
  if (codec.defaultBitrateKbps === undefined) return base
  if (format === 'mp3' && wish.vbr) return { ...base, quality: LAME_QUALITY[wish.vbr], vbr: wish.vbr }

  const wantedKbps = wish.bitrateKbps ?? codec.defaultBitrateKbps
  if (format === 'ogg_vorbis' && sampleRateHz > LOSSY_RATE_HZ) return { ...base, wantedKbps, quality: vorbisQuality(wantedKbps / channels) }
  const [min, max] = bitrateRange(format, sampleRateHz, channels)
  return { ...base, wantedKbps, bitrateKbps: Math.floor(Math.min(max, Math.max(min, wantedKbps))) }
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
function bitrateRange(format: EncodedFormat, rate: number, channels: number): [min: number, max: number] {
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
