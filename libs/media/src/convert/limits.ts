import type { ConversionOptions } from './conversion.js'

/** Where nobody knows how long it plays. */
export const UNKNOWN_SECS = 3600

/** However little there is to do, and however long: a run ends. */
export function timeLimitMs(seconds: number | null, { maxDurationFactor = 4, timeLimitFloorMs = 300_000 }: ConversionOptions): number {
  return Math.max(timeLimitFloorMs, (seconds ?? UNKNOWN_SECS) * 1000 * maxDurationFactor)
}

/** At most 99 while ffmpeg runs: the checks come after it. */
export function percentOf(seconds: number | null, onProgress: ConversionOptions['onProgress']): (converted: number) => void {
  let last = -1
  return (converted) => {
    const pct = Math.min(99, Math.floor((converted / (seconds ?? UNKNOWN_SECS)) * 100))
    if (pct <= last) return
    last = pct
    onProgress?.(pct)
  }
}
