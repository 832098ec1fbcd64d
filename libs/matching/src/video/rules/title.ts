import { percent, ramp, type Verdict } from '../../rules/rule.js'
import type { VideoEvidence } from '../evidence.js'

const POINTS = { film: 0.55, episodes: 0.5 }

export function titleRule({ wish, title, files }: VideoEvidence): Verdict {
  const wanted = wish.kind === 'film' ? wish.title : wish.show
  if (files?.vouched && title < 0.97) return { code: 'title', points: POINTS[wish.kind], text: `its files bear the name of "${wanted}"` }
  const points = POINTS[wish.kind] * ramp(title, 0.75, 0.97)
  if (title < 0.4) return { code: 'nothing_in_common', points: -1, text: `the name is not that of "${wanted}"`, reject: true }
  if (title >= 0.97) return { code: 'title', points, text: `the name is that of "${wanted}"` }
  return { code: 'title', points, text: `the name is ${percent(title)} like "${wanted}"` }
}
