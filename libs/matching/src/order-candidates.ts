import type { ScoredCandidate, TorrentCandidate } from '@torrentino/domain'
import type { MatchRequest } from './match-request.js'
import { scoreCandidate } from './score-candidate.js'

/** All candidates scored, best first. */
export function scoreCandidates(request: MatchRequest, candidates: readonly TorrentCandidate[]): ScoredCandidate[] {
  return orderCandidates(candidates.map((candidate) => scoreCandidate(request, candidate)))
}

/** Score, then seeders, then title and hash, so that the same candidates always stand in the same order. */
export function orderCandidates(scored: readonly ScoredCandidate[]): ScoredCandidate[] {
  return [...scored].sort(compareScored)
}

export function compareScored(a: ScoredCandidate, b: ScoredCandidate): number {
  return (
    b.score - a.score ||
    b.torrent.seeders - a.torrent.seeders ||
    compare(a.torrent.title, b.torrent.title) ||
    compare(a.torrent.info_hash ?? '', b.torrent.info_hash ?? '') ||
    compare(a.torrent.indexer, b.torrent.indexer)
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
