import type { ScoredCandidate, TorrentCandidate } from '@torrentino/domain'
import { atOnce, inTurns, type Stepwise } from '../in-turns.js'
import { sumUp } from '../rules/sum-up.js'
import { gatherVideo } from './evidence.js'
import type { ParseRelease } from './parse.js'
import { applyVideoRules } from './rules/index.js'
import type { VideoWish } from './video-wish.js'

/** A candidate judged for a film or for episodes; `track_mapping` says which file is which. */
export function scoreVideo(wish: VideoWish, candidate: TorrentCandidate, parse: ParseRelease): ScoredCandidate {
  return atOnce(scoreStepwise(wish, [candidate], parse))[0] as ScoredCandidate
}

/** In the order given, without keeping the event loop. */
export function scoreVideoInTurns(
  wish: VideoWish,
  candidates: readonly TorrentCandidate[],
  parse: ParseRelease,
  signal?: AbortSignal,
): Promise<ScoredCandidate[]> {
  return inTurns(scoreStepwise(wish, candidates, parse), signal)
}

function* scoreStepwise(wish: VideoWish, candidates: readonly TorrentCandidate[], parse: ParseRelease): Stepwise<ScoredCandidate[]> {
  const scored: ScoredCandidate[] = []
  for (const torrent of candidates) {
    const evidence = yield* gatherVideo(wish, torrent, parse)
    scored.push({ torrent, track_mapping: evidence.files?.mapping ?? [], ...sumUp(applyVideoRules(evidence)) })
  }
  return scored
}
