import { requestedItems, type ScoredCandidate, type TorrentCandidate } from '@torrentino/domain'
import { mapStepwise } from './files/map-files.js'
import { atOnce, inTurns, type Stepwise } from './in-turns.js'
import type { MatchRequest } from './match-request.js'
import { applyRules } from './rules/index.js'
import type { Evidence } from './rules/rule.js'
import { sumUp } from './rules/sum-up.js'
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
  return {
    torrent: evidence.candidate,
    track_mapping: evidence.files?.mapping ?? [],
    ...sumUp(applyRules(evidence)),
  }
}
