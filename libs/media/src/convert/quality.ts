import type { AudioInfo } from '../probe/media-info.js'
import { isLossless } from './codecs.js'
import type { ConversionJob } from './conversion.js'
import type { Target } from './target.js'

const VBR_KBPS = { v0: 245, v2: 190 } as const
/** Bitrates are averages; so much more is no gain of quality. */
const NEAR = 1.1

/** What the result would have more of than its source: none of it can be heard. */
export function upscaling(wish: Wish, source: AudioInfo, target: Target): string[] {
  const found: string[] = []
  const lossless = isLossless(source.codec)
  const { sampleRateHz, bitDepth, channels } = wish
  if (!lossless && target.lossless) found.push(`its source is ${source.codec}, which is lossy, so ${target.format} makes it larger only`)
  const kbps = nominalKbps(target)
  if (!lossless && kbps !== null && source.bitrateKbps !== null && kbps > source.bitrateKbps * NEAR)
    found.push(`its source has ${source.bitrateKbps} kbit/s, not ${kbps}`)
  if (sampleRateHz !== undefined && target.format !== 'opus' && target.sampleRateHz > source.sampleRateHz)
    found.push(`its source has ${source.sampleRateHz} Hz, not ${target.sampleRateHz}`)
  if (lossless && bitDepth !== undefined && target.lossless && source.bitDepth !== null && bitDepth > source.bitDepth)
    found.push(`its source has ${source.bitDepth} bits, not ${bitDepth}`)
  if (channels !== undefined && target.channels > source.channels)
    found.push(`its source has ${source.channels} channels, not ${target.channels}`)
  return found
}

export type Wish = Pick<ConversionJob, 'format' | 'bitrateKbps' | 'vbr' | 'sampleRateHz' | 'bitDepth' | 'channels'>

/** The source is what was asked for, or less in the same codec: encoding it once more could only make it worse. */
export function isAlready(source: AudioInfo, target: Target): boolean {
  if (source.hdcd || !target.codec.probedAs.includes(source.codec)) return false
  if (source.sampleRateHz !== target.sampleRateHz || source.channels !== target.channels) return false
  if (target.lossless) return depthOf(source) === target.bitDepth
  const kbps = nominalKbps(target)
  return kbps !== null && source.bitrateKbps !== null && source.bitrateKbps <= kbps * NEAR
}

/** 24 bits hold whatever has more than 16. */
export function depthOf({ bitDepth }: AudioInfo): 16 | 24 {
  return (bitDepth ?? 16) > 16 ? 24 : 16
}

export function nominalKbps({ vbr, wantedKbps }: Pick<Target, 'vbr' | 'wantedKbps'>): number | null {
  return vbr === null ? wantedKbps : VBR_KBPS[vbr]
}
