import { filesName } from './artist.js'
import { filesVouch } from './files-vouch.js'
import type { Evidence, Verdict } from './rule.js'

export function nothingInCommonRule(evidence: Evidence): Verdict | undefined {
  const { names } = evidence
  if (names.artist >= 0.35 || (names.album ?? 0) >= 0.35 || filesVouch(evidence) > 0 || filesName(evidence)) return undefined
  return { code: 'nothing_in_common', points: -1, text: 'neither artist nor album appear in the title', reject: true }
}
