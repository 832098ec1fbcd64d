import type { ApprovalReason } from '@torrentino/domain'

/** Whoever is asked is told a number that is clearly under the bar. */
const UNDER_THE_BAR = 0.01
/** Of two that fit alike one is right at best; what is not out yet, or no match at all, cannot be. */
const CEILINGS: Partial<Record<ApprovalReason['type'], number>> = { multiple_good_matches: 0.5, no_exact_match: 0 }

/**
 * How sure the decision is, which is not how well the candidate fits: that is its score, told with all reasons beside it.
 * The confidence reaches the threshold exactly where nobody is asked.
 */
export function toldConfidence(score: number, threshold: number, reason: ApprovalReason | undefined): number {
  if (!reason) return score
  return Math.max(0, Math.min(score, threshold - UNDER_THE_BAR, CEILINGS[reason.type] ?? 1))
}
