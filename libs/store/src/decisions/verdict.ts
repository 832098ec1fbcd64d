import type { HumanVerdict } from '@torrentino/domain'
import type { HistoryEntry } from '../steps.js'

type Step = Pick<HistoryEntry, 'cause' | 'reason' | 'details'>

/** What a person said to a decision: the first word in the steps behind it, up to the next decision. */
export function verdictAfter(steps: readonly Step[]): HumanVerdict {
  for (const step of steps) {
    if (step.cause.startsWith('match_')) break
    const verdict = verdictOf(step)
    if (verdict) return verdict
  }
  return { type: 'none' }
}

function verdictOf({ cause, reason, details }: Step): HumanVerdict | undefined {
  switch (cause) {
    case 'approve':
      return { type: 'approved', idx: Number(details.selected_idx) }
    case 'reject':
      return { type: 'rejected', reason }
    case 'force_magnet':
      return { type: 'forced_magnet', info_hash: String(details.torrent_hash) }
    case 'force_search':
      return { type: 'forced_search', query: String(details.query) }
    default:
      return undefined
  }
}
