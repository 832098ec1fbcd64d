/** How the sizes of files go with the lengths of the tracks that they are taken for. */
export type Agreement = 'exact' | 'good' | 'unknown' | 'contrary'

export interface Sized {
  bytes: number
  secs: number
}

const FEW = 4
const ENOUGH = 6
/** Tracks of much the same length tell nothing. */
const VARIED = 0.08
const WELL_VARIED = 0.15
const EXACT = 0.025
const NEAR = 0.06
const GOOD_CORRELATION = 0.85
const NO_CORRELATION = 0.5
const MAX_ARTWORK = 3_000_000

/**
 * At one bitrate sizes follow lengths to the percent, which no other recording does by chance; at variable rates roughly.
 * `constant`: the bitrate is known to be constant, so that sizes that do not follow belong to something else.
 */
export function agreementOf(files: readonly Sized[], constant = false): Agreement {
  if (files.length < FEW) return 'unknown'
  const spread = deviation(files.map(({ secs }) => Math.log(secs)))
  if (spread < VARIED) return 'unknown'
  const misses = missesOf(files)
  const near = misses.filter((miss) => miss < NEAR).length / misses.length
  if (median(misses) <= EXACT && near >= 0.8) return 'exact'
  if (constant && median(misses) > NEAR) return 'contrary'
  const fit = correlation(files)
  if (fit >= GOOD_CORRELATION && files.length >= ENOUGH) return 'good'
  return fit < NO_CORRELATION && spread >= WELL_VARIED && files.length > FEW ? 'contrary' : 'unknown'
}

/** By what share each file misses the size that the rate of all gives its track. A picture in each file is as large in all. */
function missesOf(files: readonly Sized[]): number[] {
  const rate = median(files.map(({ bytes, secs }) => bytes / secs))
  const plain = files.map(({ bytes, secs }) => Math.abs(bytes - rate * secs) / (rate * secs))
  const { start, slope } = line(files)
  if (slope <= 0 || start < 0 || start > MAX_ARTWORK) return plain
  const fitted = files.map(({ bytes, secs }) => Math.abs(bytes - start - slope * secs) / (start + slope * secs))
  return median(fitted) < median(plain) ? fitted : plain
}

/** Straight line through lengths and sizes. */
function line(files: readonly Sized[]): { start: number; slope: number } {
  const secs = mean(files.map((file) => file.secs))
  const bytes = mean(files.map((file) => file.bytes))
  const over = files.reduce((sum, file) => sum + (file.secs - secs) * (file.bytes - bytes), 0)
  const under = files.reduce((sum, file) => sum + (file.secs - secs) ** 2, 0)
  const slope = under === 0 ? 0 : over / under
  return { start: bytes - slope * secs, slope }
}

function correlation(files: readonly Sized[]): number {
  const logs = files.map(({ bytes, secs }) => ({ bytes: Math.log(Math.max(1, bytes)), secs: Math.log(secs) }))
  const { slope } = line(logs)
  const spread = deviation(logs.map(({ bytes }) => bytes))
  return spread === 0 ? 0 : (slope * deviation(logs.map(({ secs }) => secs))) / spread
}

function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}
