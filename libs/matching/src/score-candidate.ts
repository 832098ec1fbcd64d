import { requestedItems, type ScoredCandidate, type TorrentCandidate } from '@torrentino/domain'
import { mapFiles } from './files/map-files.js'
import type { MatchRequest } from './match-request.js'
import { applyRules } from './rules/index.js'
import type { Evidence, Verdict } from './rules/rule.js'
import { matchNames } from './title/match-names.js'
import { readTitle } from './title/read-title.js'

export function gatherEvidence(request: MatchRequest, candidate: TorrentCandidate): Evidence {
  const title = readTitle(candidate.title)
  const names = matchNames(request, title)
  const known = candidate.files !== undefined && candidate.files.length > 0 ? candidate.files : undefined
  const files = known ? mapFiles(requestedItems(request), known, request.search) : undefined
  return { request, candidate, title, names, ...(files ? { files } : {}) }
}

export function scoreCandidate(request: MatchRequest, candidate: TorrentCandidate): ScoredCandidate {
  return scoreEvidence(gatherEvidence(request, candidate))
}

export function scoreEvidence(evidence: Evidence): ScoredCandidate {
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
