import type { Verdict } from '../../rules/rule.js'
import type { VideoEvidence } from '../evidence.js'

const POINTS = 0.3

/** Remakes bear the name of the old film: the year tells them apart. */
export function filmYearRule({ wish, release, files }: VideoEvidence): Verdict | undefined {
  if (wish.kind !== 'film') return undefined
  const { year } = release
  if (files?.vouched && year !== wish.year) return { code: 'year', points: POINTS, text: 'the year of its file fits' }
  if (year === undefined) return { code: 'year', points: 0.05, text: 'the name tells no year' }
  if (wish.year === undefined) return { code: 'year', points: 0.2, text: `it is of ${year}; the ticket tells no year` }
  if (year === wish.year) return { code: 'year', points: POINTS, text: `the year ${year} fits` }
  // A film may be shown at festivals the year before.
  if (Math.abs(year - wish.year) === 1) return { code: 'year', points: 0.22, text: `the year ${year} is one off ${wish.year}` }
  return { code: 'other_year', points: -0.6, text: `it is of ${year}, wanted was ${wish.year}` }
}
