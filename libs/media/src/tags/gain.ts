import type { Loudness } from './audio-tags.js'

const REPLAYGAIN_LUFS = -18
const R128_LUFS = -23

/** ReplayGain 2.0: what brings the track to -18 LUFS. */
export function replayGain({ integrated, peak }: Loudness): Record<'replaygain_track_gain' | 'replaygain_track_peak', string> {
  return {
    replaygain_track_gain: `${(REPLAYGAIN_LUFS - integrated).toFixed(2)} dB`,
    replaygain_track_peak: peak.toFixed(6),
  }
}

/** Opus has its own field and level (RFC 7845): decibels to -23 LUFS in steps of 1/256. */
export function r128Gain({ integrated }: Loudness): string {
  const steps = Math.round((R128_LUFS - integrated) * 256)
  return String(Math.min(32_767, Math.max(-32_768, steps)))
}
