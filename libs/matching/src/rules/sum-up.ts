import type { ScoredCandidate } from '@torrentino/domain'
import type { Verdict } from './rule.js'

/** The score that rules add up to, 0..1, with the say of each for the human who decides. */
export function sumUp(verdicts: readonly Verdict[]): Pick<ScoredCandidate, 'score' | 'reasons' | 'reasoning'> {
  const sum = verdicts.reduce((total, verdict) => total + verdict.points, 0)
  const score = verdicts.some((verdict) => verdict.reject) ? 0 : round(Math.min(1, Math.max(0, sum)))
  const reasons = verdicts.map(({ code, points, text }) => ({ code, points: round(points), text }))
  return { score, reasons, reasoning: reasoningOf(score, verdicts) }
}

function reasoningOf(score: number, verdicts: readonly Verdict[]): string {
  const rejected = verdicts.filter((verdict) => verdict.reject)
  if (rejected.length > 0) return `Rejected: ${rejected.map((verdict) => verdict.text).join('; ')}.`
  const told = verdicts.map(({ points, text }) =>
    round(points) === 0 ? text : `${text} (${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(2)})`,
  )
  return `Score ${score.toFixed(2)}: ${told.join('; ')}.`
}

/** Sums of decimal fractions differ in the last digits; rounded, equal candidates are equal. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
