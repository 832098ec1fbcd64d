import type { Verdict } from '../../rules/rule.js'
import type { VideoEvidence } from '../evidence.js'

/** A year in a show's name is that of its first episode, or that of this season. */
export function showYearRule({ wish, release }: VideoEvidence): Verdict | undefined {
  if (wish.kind !== 'episodes' || wish.year === undefined || release.year === undefined || release.date !== undefined) return undefined
  const { year } = release
  if (Math.abs(year - wish.year) <= 1) return { code: 'year', points: 0.05, text: `the year ${year} fits` }
  const aired = new Set(wish.episodes.flatMap(({ air_date }) => (air_date ? Number(air_date.slice(0, 4)) : [])))
  if (aired.has(year)) return { code: 'year', points: 0.03, text: `it was aired in ${year}` }
  const plausible = aired.size === 0 && year > wish.year && year <= wish.year + 2 * wish.season
  if (plausible) return { code: 'year', points: -0.02, text: `${year} may be the year of the season` }
  return { code: 'other_year', points: -0.4, text: `it is of ${year}, the show of ${wish.year}` }
}
