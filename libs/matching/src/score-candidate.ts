import { requestedItems, type ScoredCandidate, type TorrentCandidate } from '@torrentino/domain'
import { mapStepwise } from './files/map-files.js'
import { atOnce, inTurns, type Stepwise } from './in-turns.js'
import type { MatchRequest } from './match-request.js'
import { applyRules } from './rules/index.js'
import type { Evidence, Verdict } from './rules/rule.js'
import { matchNames } from './title/match-names.js'
import { readTitle } from './title/read-title.js'

function* gatherEvidence(request: MatchRequest, candidate: TorrentCandidate): Stepwise<Evidence> {
  yield
  const title = readTitle(candidate.title)
  const names = matchNames(request, title)
  const known = candidate.files !== undefined && candidate.files.length > 0 ? candidate.files : undefined
  const files = known ? yield* mapStepwise(requestedItems(request), known, request.search) : undefined
  return { request, candidate, title, names, ...(files ? { files } : {}) }
}

export function scoreCandidate(request: MatchRequest, candidate: TorrentCandidate): ScoredCandidate {
  return atOnce(scoreStepwise(request, [candidate]))[0] as ScoredCandidate
}

/** In the order given, without keeping the event loop: there may be hundreds of candidates, and lists of thousands of files. */
export function scoreInTurns(
  request: MatchRequest,
  candidates: readonly TorrentCandidate[],
  signal?: AbortSignal,
): Promise<ScoredCandidate[]> {
  return inTurns(scoreStepwise(request, candidates), signal)
}

function* scoreStepwise(request: MatchRequest, candidates: readonly TorrentCandidate[]): Stepwise<ScoredCandidate[]> {
  const scored: ScoredCandidate[] = []
  for (const candidate of candidates) scored.push(scoreEvidence(yield* gatherEvidence(request, candidate)))
  return scored
}

function scoreEvidence(evidence: Evidence): ScoredCandidate {
  const verdicts = applyRules(evidence)
  const sum = verdicts.reduce((total, verdict) => total + verdict.points, 0)
  const score = verdicts.some((verdict) => verdict.reject) ? 0 : round(Math.min(1, Math.max(0, sum)))
  return {
    torrent: evidence.candidate,
    score,
    track_mapping: evidence.files?.mapping ?? [],
    reasons: verdicts.map(({ code, points, text }) => ({ code, points: round(points), text })),
    reasoning: reasoningOf(score, verdicts),
  }
}

function reasoningOf(score: number, verdicts: Verdict[]): string {
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
