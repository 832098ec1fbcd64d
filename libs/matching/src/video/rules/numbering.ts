import type { Verdict } from '../../rules/rule.js'
import type { VideoEvidence } from '../evidence.js'
import { tellNumbering } from '../numbering.js'

const POINTS = 0.35
/** Among equals the release that holds no more than is wanted. */
const MORE = 0.02

/** Whether the wanted episodes are in it: as the files show where they are known, else as the name says. */
export function numberingRule({ wish, claim, files, release }: VideoEvidence): Verdict | undefined {
  if (wish.kind !== 'episodes' || !claim || files) return undefined
  const { told, covered, more } = claim
  if (!told) return undefined
  const said = tellNumbering(release)
  if (release.date !== undefined && wish.episodes.every(({ air_date }) => air_date === undefined))
    return { code: 'episodes', points: 0, text: `it is the one ${said}; the ticket tells no dates` }
  if (covered.length === 0) return { code: 'other_episodes', points: -1, text: `it is ${said}, which is not wanted`, reject: true }
  const points = POINTS * (covered.length / wish.episodes.length) - (more ? MORE : 0)
  if (covered.length < wish.episodes.length)
    return { code: 'episodes', points, text: `it is ${said}: ${covered.length} of ${wish.episodes.length} wanted episodes` }
  return { code: 'episodes', points, text: more ? `it is ${said}, which holds all that is wanted` : `it is ${said}, as wanted` }
}
