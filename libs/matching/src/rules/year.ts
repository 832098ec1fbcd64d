import type { Evidence, Verdict } from './rule.js'

const REISSUE = /\b(?:remaster(?:ed)?|reissue|deluxe|expanded|anniversary|edition|box)\b/

export function yearRule({ request, title }: Evidence): Verdict | undefined {
  const wanted = request.search.year
  if (wanted === undefined) return undefined
  const { years, span } = title
  if (span && wanted >= span.from && wanted <= span.to) return { code: 'year', points: 0.02, text: `${wanted} lies in its run of years` }
  if (years.includes(wanted)) return { code: 'year', points: 0.05, text: `the year ${wanted} fits` }
  if (years.length === 0 || request.search.album === undefined) return undefined
  const distance = Math.min(...years.map((year) => Math.abs(year - wanted)))
  if (distance <= 1) return { code: 'year', points: 0.03, text: `the year is one off ${wanted}` }
  if (Math.max(...years) > wanted && REISSUE.test(title.plain))
    return { code: 'year', points: 0, text: `it names ${years.join(', ')}, the year of a later edition` }
  // Reissues bear their own year; an earlier one than the album's is of something else.
  const points = Math.max(...years) > wanted ? -0.04 : -0.1
  return { code: 'year', points, text: `it names ${years.join(', ')}, wanted was ${wanted}` }
}
