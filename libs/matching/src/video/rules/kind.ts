import type { Verdict } from '../../rules/rule.js'
import type { VideoEvidence } from '../evidence.js'

/** Shows are named like films, and films like shows. */
export function kindRule({ wish, release, claim }: VideoEvidence): Verdict | undefined {
  if (wish.kind === 'episodes')
    return claim?.told ? undefined : { code: 'no_number', points: 0, text: 'the name tells neither season nor episode' }
  const show = release.seasons.length > 0 || release.date !== undefined
  if (show) return { code: 'other_kind', points: -1, text: 'it is a series', reject: true }
  return release.episodes.length > 0 || release.absolute !== undefined
    ? { code: 'other_kind', points: -0.5, text: 'it looks like an episode of a series' }
    : undefined
}
