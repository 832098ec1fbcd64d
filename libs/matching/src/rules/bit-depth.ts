import type { Evidence } from './rule.js'
import { bytesOfMusic, wantedDuration } from './size.js'

/** What a CD holds before anything is packed: more can only be more bits, or more samples of them. */
const CD_BYTES_PER_SECOND = 176_400
const UNTOLD = -0.12
const TOO_FEW = -0.2
const MORE_THAN_NEEDED = 0.09

interface Worth {
  points: number
  /** Follows "FLAC is lossless". */
  says: string
}

/** Bits that are not there cannot be won back, whatever the file is converted to; lossy formats have none. Undefined where depth is nobody's wish. */
export function depthWorth(evidence: Evidence): Worth | undefined {
  const wanted = evidence.request.constraints.bit_depth
  if (wanted === undefined) return undefined
  const depth = depthOf(evidence)
  if (depth === undefined)
    return wanted === 16 ? undefined : { points: UNTOLD, says: `, but does not tell of the ${wanted} bit that are wanted` }
  if (depth < wanted) return { points: TOO_FEW, says: ` at ${depth} bit, ${wanted} were wanted` }
  if (depth > wanted) return { points: MORE_THAN_NEEDED, says: ` at ${depth} bit, more than the ${wanted} that are wanted` }
  return { points: 0.1, says: ` at ${depth} bit, as wanted` }
}

/** As the title tells it; otherwise what weighs more than a CD has more to it. */
function depthOf(evidence: Evidence): number | undefined {
  const { audio } = evidence.title
  if (audio.formats.includes('dsd')) return 24
  return audio.bitDepth ?? (bytesPerSecond(evidence) > CD_BYTES_PER_SECOND ? 24 : undefined)
}

function bytesPerSecond(evidence: Evidence): number {
  const { secs, exact } = wantedDuration(evidence.request.tracks)
  if (!exact || evidence.files?.unmapped.length !== 0) return 0
  return bytesOfMusic(evidence) / secs
}
