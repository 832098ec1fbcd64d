import type { ScoredCandidate, TorrentCandidate } from '@torrentino/domain'
import type { MatchRequest } from './match-request.js'
import { compareScored } from './order-candidates.js'
import { scoreInTurns } from './score-candidate.js'

/** File lists cost a request each: only the most promising get one. */
export const FILE_LISTS = 5

export interface JudgeOptions {
  /** The candidate with its list of files, or as it was where none can be had. */
  withFiles: (candidate: TorrentCandidate) => Promise<TorrentCandidate>
  signal?: AbortSignal
}

/** All by their titles, the best of them once more with their file lists; in the order given. */
export function judgeCandidates(
  request: MatchRequest,
  candidates: readonly TorrentCandidate[],
  options: JudgeOptions,
): Promise<ScoredCandidate[]> {
  return inTwoSteps((offered) => scoreInTurns(request, offered, options.signal), candidates, options)
}

export async function inTwoSteps(
  score: (candidates: readonly TorrentCandidate[]) => Promise<ScoredCandidate[]>,
  candidates: readonly TorrentCandidate[],
  { withFiles }: JudgeOptions,
): Promise<ScoredCandidate[]> {
  const scored = await score(candidates)
  const best = [...scored.entries()].sort(([, a], [, b]) => compareScored(a, b)).slice(0, FILE_LISTS)
  const unseen = best.filter(([, { torrent }]) => torrent.files === undefined)
  const seen = await Promise.all(unseen.map(([, { torrent }]) => withFiles(torrent)))
  const again = await score(seen)
  for (const [place, [idx]] of unseen.entries()) scored[idx] = again[place] as ScoredCandidate
  return scored
}
