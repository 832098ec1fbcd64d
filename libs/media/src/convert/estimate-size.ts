import { StageError } from '@torrentino/domain'
import { UNKNOWN_SECS } from './limits.js'
import { type ConversionPlan, containerOf } from './plan-conversion.js'
import type { Target } from './target.js'

const OVERHEAD_BYTES = 256 * 1024
const QUALITY_KBPS_PER_CHANNEL = 250

/** A WAV tells its size in 32 bits. */
const MAX_WAV_BYTES = 2 ** 32 - OVERHEAD_BYTES

/** Refuses at once what no WAV can hold, and not after hours of writing. */
export function requireFits(plan: ConversionPlan, sourceBytes: number, seconds: number | null): void {
  if (containerOf(plan) !== 'wav') return
  const bytes = plan.method === 'encoded' ? (seconds ?? 0) * pcmKbps(plan.target) * 125 : sourceBytes
  if (bytes <= MAX_WAV_BYTES) return
  throw new StageError('permanent', 'too_large', 'It would be larger than a WAV can be, which holds 4 GB; FLAC takes any length')
}

/** An upper bound that is good enough to look at the free space with. A copy stands there twice while its tags are written. */
export function estimateBytes(plan: ConversionPlan, sourceBytes: number, seconds: number | null, coverBytes: number): number {
  const audio = plan.method === 'encoded' ? encodedBytes(plan.target, seconds ?? UNKNOWN_SECS) : sourceBytes
  return Math.ceil(audio * 2 + coverBytes * 1.4 + OVERHEAD_BYTES)
}

function encodedBytes(target: Target, seconds: number): number {
  const { bitrateKbps, quality } = target
  const kbps = bitrateKbps ?? (quality === null ? pcmKbps(target) : QUALITY_KBPS_PER_CHANNEL * target.channels)
  return seconds * kbps * 125 * 1.1
}

function pcmKbps({ sampleRateHz, channels, bitDepth }: Target): number {
  return (sampleRateHz * channels * bitDepth) / 1000
}
