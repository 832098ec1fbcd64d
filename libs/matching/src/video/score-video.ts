import type { ScoredCandidate, TorrentCandidate } from '@torrentino/domain'
import { atOnce, inTurns, type Stepwise } from '../in-turns.js'
import { inTwoSteps, type JudgeOptions } from '../judge.js'
import { sumUp } from '../rules/sum-up.js'
import { gatherVideo } from './evidence.js'
import { applyVideoRules } from './rules/index.js'
import type { VideoWish } from './video-wish.js'

/** A candidate judged for a film or for episodes; `track_mapping` says which file is which. */
export function scoreVideo(wish: VideoWish, candidate: TorrentCandidate): ScoredCandidate {
  return atOnce(scoreStepwise(wish, [candidate]))[0] as ScoredCandidate
}

/** All by their names, the best of them once more with their file lists; in the order given, without keeping the event loop. */
export function judgeVideo(wish: VideoWish, candidates: readonly TorrentCandidate[], options: JudgeOptions): Promise<ScoredCandidate[]> {
  return inTwoSteps((offered) => inTurns(scoreStepwise(wish, offered), options.signal), candidates, options)
}

function* scoreStepwise(wish: VideoWish, candidates: readonly TorrentCandidate[]): Stepwise<ScoredCandidate[]> {
  const scored: ScoredCandidate[] = []
  for (const torrent of candidates) {
    const evidence = yield* gatherVideo(wish, torrent)
    scored.push({ torrent, track_mapping: evidence.files?.mapping ?? [], ...sumUp(applyVideoRules(evidence)) })
  }
  return scored
}
