import { DEFAULT_MUSIC_LIMIT, isMusicWithin } from '../quality/music.js'
import { offeredQuality } from '../quality/offered-quality.js'
import { isLosslessWish } from './format.js'
import type { Evidence, Verdict } from './rule.js'

/** By setting. A ticket that asks for lossless knows better. */
export function ceilingRule({ request, title, files }: Evidence): Verdict | undefined {
  const limit = request.music_quality_limit ?? DEFAULT_MUSIC_LIMIT
  const offered = offeredQuality(title, files?.mapping ?? [])
  if (isLosslessWish(request) || isMusicWithin(offered, limit)) return undefined
  const name = [offered.audio_format?.toUpperCase(), offered.bitrate].filter((part) => part !== undefined).join(' ')
  return { code: 'above_ceiling', points: -1, text: `${name} is above the ceiling of ${limit}`, reject: true }
}
