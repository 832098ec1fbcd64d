import type { Target } from './target.js'

const OVERHEAD_BYTES = 256 * 1024
const QUALITY_KBPS_PER_CHANNEL = 250

/** An upper bound that is good enough to look at the free space with. */
export function estimateBytes(target: Target, durationSecs: number, coverBytes: number): number {
  const { bitrateKbps, quality, channels, sampleRateHz, bitDepth } = target
  const kbps = bitrateKbps ?? (quality === null ? (sampleRateHz * channels * bitDepth) / 1000 : QUALITY_KBPS_PER_CHANNEL * channels)
  return Math.ceil(durationSecs * kbps * 125 * 1.1 + coverBytes * 1.4 + OVERHEAD_BYTES)
}
