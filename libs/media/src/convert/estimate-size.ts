import { UNKNOWN_SECS } from './limits.js'
import type { ConversionPlan } from './plan-conversion.js'
import type { Target } from './target.js'

const OVERHEAD_BYTES = 256 * 1024
const QUALITY_KBPS_PER_CHANNEL = 250

/** An upper bound that is good enough to look at the free space with. A copy stands there twice while its tags are written. */
export function estimateBytes(plan: ConversionPlan, sourceBytes: number, seconds: number | null, coverBytes: number): number {
  const audio = plan.method === 'encoded' ? encodedBytes(plan.target, seconds ?? UNKNOWN_SECS) : sourceBytes
  return Math.ceil(audio * 2 + coverBytes * 1.4 + OVERHEAD_BYTES)
}

function encodedBytes({ bitrateKbps, quality, channels, sampleRateHz, bitDepth }: Target, seconds: number): number {
  const kbps = bitrateKbps ?? (quality === null ? (sampleRateHz * channels * bitDepth) / 1000 : QUALITY_KBPS_PER_CHANNEL * channels)
  return seconds * kbps * 125 * 1.1
}
