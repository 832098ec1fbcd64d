import { isBeforeRelease, isVideoWithin, shownLines, sourceShare } from '../../quality/video.js'
import type { Verdict } from '../../rules/rule.js'
import type { VideoEvidence } from '../evidence.js'

/** Being good is no sign of being right: the worst that may be taken has half of these. */
const POINTS = 0.1

export function qualityRule({ wish, release }: VideoEvidence): Verdict {
  const { quality, source } = release
  const name = [quality, source].filter((part) => part !== undefined).join(' ')
  if (!isVideoWithin(release, wish.quality_limit))
    return { code: 'above_ceiling', points: -1, text: `${name} is above the ceiling of ${wish.quality_limit}`, reject: true }
  if (isBeforeRelease(source)) return { code: 'before_release', points: -0.5, text: `it was made before the release (${source})` }
  if (name === '') return { code: 'quality', points: POINTS / 2, text: 'the quality is not told' }
  const share = 0.7 * Math.min(1, shownLines(release) / shownLines({ quality: wish.quality_limit })) + 0.3 * sourceShare(source)
  return { code: 'quality', points: POINTS * (0.5 + 0.5 * share), text: `${name} is within the ceiling` }
}
