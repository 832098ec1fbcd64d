import { albumRule } from './album.js'
import { artistRule } from './artist.js'
import { ceilingRule } from './ceiling.js'
import { coverageRule } from './coverage.js'
import { discographiesRule } from './discographies.js'
import { formatRule } from './format.js'
import { hintsRule } from './hints.js'
import { imageRule } from './image.js'
import { lengthsRule } from './lengths.js'
import { loadableRule } from './loadable.js'
import { nothingInCommonRule } from './nothing-in-common.js'
import { partOfSetRule } from './part-of-set.js'
import { recordingRule } from './recording.js'
import { redFlagRules } from './red-flags.js'
import type { Evidence, Rule, Verdict } from './rule.js'
import { seedersRule } from './seeders.js'
import { sizeRule } from './size.js'
import { trackCountRule } from './track-count.js'
import { yearRule } from './year.js'

/** Each looks at the evidence alone; the sum of their points is the score. */
const RULES: Rule[] = [
  artistRule,
  albumRule,
  yearRule,
  formatRule,
  ceilingRule,
  sizeRule,
  seedersRule,
  coverageRule,
  imageRule,
  lengthsRule,
  recordingRule,
  partOfSetRule,
  trackCountRule,
  hintsRule,
  discographiesRule,
  loadableRule,
  nothingInCommonRule,
]

export function applyRules(evidence: Evidence): Verdict[] {
  return [...RULES.flatMap((rule) => rule(evidence) ?? []), ...redFlagRules(evidence)]
}
