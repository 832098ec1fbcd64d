import type { ApprovalReason, ScoredCandidate } from '@torrentino/domain'
import { decisionOn, type MatchDecision } from '../decide-match.js'
import { compareScored } from '../order-candidates.js'
import { compareVideo } from '../quality/video.js'
import { parseReleaseName } from '../release-name/video/parse-release-name.js'
import { readName, type VideoEvidence } from './evidence.js'
import type { VideoWish } from './video-wish.js'

/** Without a file list only the name speaks. */
const UNSEEN_FILES = 0.03
const TOO_CLOSE = 0.02
const LOW_SIMILARITY = 0.75

interface Ranked {
  idx: number
  scored: ScoredCandidate
  evidence: VideoEvidence
}

/** Whether the best candidate may be taken without asking a human, and if not, why. */
export function decideVideo(
  wish: VideoWish,
  scored: readonly ScoredCandidate[],
  options: { autoApproveThreshold: number; now: Date },
): MatchDecision {
  const ranked = rank(wish, scored)
  const [best, second] = ranked
  if (!best) return { kind: 'unsure', recommendedIdx: -1, confidence: 0, reason: { type: 'no_exact_match' } }
  const { score, torrent } = best.scored
  const bar = Math.min(1, options.autoApproveThreshold + (torrent.files?.length ? 0 : UNSEEN_FILES))
  const reason =
    outOfTheQuestion(wish, best.scored, options.now) ?? missingEpisodes(best) ?? weak(best, bar) ?? tie(wish, best, second, bar)
  return decisionOn(best.idx, score, options.autoApproveThreshold, reason)
}

/** By score, then by quality, then as candidates are ordered otherwise. */
function rank(wish: VideoWish, scored: readonly ScoredCandidate[]): Ranked[] {
  return scored
    .map((candidate, idx) => ({
      idx,
      scored: candidate,
      evidence: readName(wish, candidate.torrent, parseReleaseName(candidate.torrent.title)),
    }))
    .sort(
      (a, b) =>
        b.scored.score - a.scored.score || compareVideo(a.evidence.release, b.evidence.release) || compareScored(a.scored, b.scored),
    )
}

/** What bears the name of something that is still to come is a leak or a fake. */
function outOfTheQuestion(wish: VideoWish, { score }: ScoredCandidate, now: Date): ApprovalReason | undefined {
  const today = now.toISOString().slice(0, 10)
  const unaired = wish.kind === 'episodes' && wish.episodes.some(({ air_date }) => air_date !== undefined && air_date > today)
  const toCome = wish.year !== undefined && wish.year > now.getUTCFullYear()
  return score === 0 || unaired || toCome ? { type: 'no_exact_match' } : undefined
}

function missingEpisodes({ scored, evidence: { wish, claim } }: Ranked): ApprovalReason | undefined {
  if (wish.kind !== 'episodes') return undefined
  const found = scored.torrent.files?.length ? scored.track_mapping.length : (claim?.covered.length ?? 0)
  return found < wish.episodes.length ? { type: 'track_count_mismatch', expected: wish.episodes.length, found } : undefined
}

function weak({ scored: { score }, evidence: { title } }: Ranked, bar: number): ApprovalReason | undefined {
  if (score >= bar) return undefined
  if (title < LOW_SIMILARITY) return { type: 'name_similarity_low', similarity: Math.round(title * 1000) / 1000 }
  return { type: 'low_confidence', score, threshold: bar }
}

/** Two releases of one film are no dilemma; two films, or two shows, of one name are. */
function tie(wish: VideoWish, best: Ranked, second: Ranked | undefined, bar: number): ApprovalReason | undefined {
  if (!second || second.scored.score < bar || best.scored.score - second.scored.score > TOO_CLOSE) return undefined
  const [first, other] = [best.evidence.release, second.evidence.release]
  const otherYear = wish.year === undefined && first.year !== undefined && other.year !== undefined && first.year !== other.year
  if (!otherYear) return undefined
  return { type: 'multiple_good_matches', top_scores: [best.scored.score, second.scored.score] }
}
