import { shownLines } from '../../quality/video.js'
import type { Verdict } from '../../rules/rule.js'
import type { VideoEvidence } from '../evidence.js'

const USUAL_SECS = { film: 6000, episodes: 2400 }
/** Kilobits per second of pictures with so many lines, from the least that deserves the name to the most that there is. */
const RATES: [lines: number, least: number, most: number][] = [
  [2160, 2500, 130_000],
  [1440, 1500, 60_000],
  [1079, 700, 48_000],
  [720, 350, 20_000],
  [0, 250, 12_000],
]

/** What it must weigh for its claim: a film in 1080p of 100 MB is none. */
export function videoSizeRule(evidence: VideoEvidence): Verdict | undefined {
  const bytes = sizeOfWanted(evidence)
  if (bytes === 0) return undefined
  const [, least, most] = RATES.find(([lines]) => shownLines(evidence.release) >= lines) as (typeof RATES)[number]
  const { wish } = evidence
  const secs = (wish.runtime_secs ?? USUAL_SECS[wish.kind]) * countOf(evidence)
  // Without a known length it may be half as long, and three times as long.
  const [low, high] = wish.runtime_secs === undefined ? [0.4, 3] : [0.9, 1.3]
  const told = bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`
  const kilobits = bytes / 125
  if (kilobits < secs * low * least * 0.5) return { code: 'too_small', points: -1, text: `${told} cannot hold it`, reject: true }
  if (kilobits < secs * low * least) return { code: 'too_small', points: -0.2, text: `${told} is little for it` }
  if (kilobits > secs * high * most && !holdsMore(evidence))
    return { code: 'too_large', points: -0.15, text: `${told} is more than it can need` }
  return { code: 'size', points: 0, text: `${told} is plausible` }
}

/** How much of what is wanted the size is of. */
function countOf({ wish, claim, files, release }: VideoEvidence): number {
  if (wish.kind === 'film') return 1
  if (files) return new Set(files.mapping.map((entry) => entry.torrent_file_path)).size
  return Math.max(1, release.episodes.length, claim?.covered.length ?? 0)
}

function sizeOfWanted({ candidate, files }: VideoEvidence): number {
  if (!files || files.mapping.length === 0) return candidate.size_bytes
  const chosen = new Set(files.mapping.map((entry) => entry.torrent_file_path))
  return files.videos.filter((file) => chosen.has(file.path)).reduce((sum, file) => sum + file.sizeBytes, 0)
}

function holdsMore({ claim, release }: VideoEvidence): boolean {
  return claim?.more === true || release.pack
}
