import { nameSimilarity } from '../text/similarity.js'
import type { Pair } from './assign.js'
import type { Hints } from './map-files.js'
import type { WantedTrack } from './pair-score.js'
import type { AudioFile } from './read-audio-file.js'
import { bareFolder } from './without-names.js'

const NEARLY_BEST = 0.05
/** As good, but not what was meant in the first place. */
const EDITION = /\b(?:remaster(?:ed)?|deluxe|expanded|vinyl|mono)\b/i

/**
 * A nudge towards the folder that holds most of the tracks and is named like the album, and among equals to the larger one,
 * so that an album is not put together from two rips of it.
 */
export function favourOneFolder(pairs: Pair[], tracks: WantedTrack[], audio: AudioFile[], hints: Hints): Pair[] {
  const groupOf = (pair: Pair) => (audio[pair.column] as AudioFile).group
  const best = new Map<number, number>()
  for (const { row, weight } of pairs) best.set(row, Math.max(weight, best.get(row) ?? 0))
  const held = new Map<string, Set<number>>(pairs.map((pair) => [groupOf(pair), new Set()]))
  for (const pair of pairs) if (pair.weight > (best.get(pair.row) ?? 0) - NEARLY_BEST) held.get(groupOf(pair))?.add(pair.row)
  if (held.size < 2) return pairs
  const bytes = new Map<string, number>()
  for (const file of audio) bytes.set(file.group, (bytes.get(file.group) ?? 0) + file.sizeBytes)
  const bySize = [...held.keys()].sort((a, b) => (bytes.get(a) ?? 0) - (bytes.get(b) ?? 0) || (a < b ? -1 : 1))
  const nudge = new Map(
    bySize.map((group, rank) => {
      const share = (held.get(group)?.size ?? 0) / tracks.length
      const named = hints.album ? nameSimilarity(hints.album, bareFolder(group)) : 0
      const edition = EDITION.test(group) && !EDITION.test(hints.album ?? '') ? 0.01 : 0
      const other = /\b(live|demos?|remix(es)?|instrumentals?|karaoke)\b/i.test(group) ? 0.05 : 0
      return [group, 0.05 * share + 0.05 * named - other - edition + (0.001 * rank) / bySize.length]
    }),
  )
  return pairs.map((pair) => ({ ...pair, weight: pair.weight + (nudge.get(groupOf(pair)) ?? 0) }))
}
