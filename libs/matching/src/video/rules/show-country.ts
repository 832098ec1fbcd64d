import type { Verdict } from '../../rules/rule.js'
import { plainText } from '../../text/plain-text.js'
import type { VideoEvidence } from '../evidence.js'
import { titlesOf } from '../video-wish.js'

const COUNTRY = /\s(us|uk|au|nz|ca|ie)$/

/** Shows are made anew in other countries under the same name. */
export function showCountryRule({ wish, release }: VideoEvidence): Verdict | undefined {
  const country = release.country?.toLowerCase()
  if (wish.kind !== 'episodes' || country === undefined) return undefined
  const own = titlesOf(wish).flatMap((title) => COUNTRY.exec(plainText(title))?.[1] ?? [])
  if (own.includes(country)) return undefined
  if (own.length > 0) return { code: 'other_country', points: -0.5, text: `it is the show of ${release.country}, which is another one` }
  return { code: 'country', points: -0.12, text: `it is the show of ${release.country}; the ticket tells no country` }
}
