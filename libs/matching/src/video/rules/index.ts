import type { Rule, Verdict } from '../../rules/rule.js'
import { seedersRule } from '../../rules/seeders.js'
import type { VideoEvidence } from '../evidence.js'
import { dangerRule, filesRule } from './files.js'
import { filmYearRule } from './film-year.js'
import { kindRule } from './kind.js'
import { numberingRule } from './numbering.js'
import { qualityRule } from './quality.js'
import { videoRedFlags } from './red-flags.js'
import { showCountryRule } from './show-country.js'
import { showYearRule } from './show-year.js'
import { videoSizeRule } from './size.js'
import { titleRule } from './title.js'

const RULES: Rule<VideoEvidence>[] = [
  titleRule,
  kindRule,
  filmYearRule,
  showYearRule,
  showCountryRule,
  numberingRule,
  filesRule,
  qualityRule,
  videoSizeRule,
  seedersRule,
  dangerRule,
]

export function applyVideoRules(evidence: VideoEvidence): Verdict[] {
  return [...RULES.flatMap((rule) => rule(evidence) ?? []), ...videoRedFlags(evidence)]
}
