import { type ApprovalReason, requestedItems, type ScoredCandidate } from '@torrentino/domain'
import type { MatchRequest } from './match-request.js'
import { compareScored } from './order-candidates.js'
import type { Evidence } from './rules/rule.js'
import { durationBySize, wantedDuration } from './rules/size.js'
import { matchNames } from './title/match-names.js'
import { readTitle } from './title/read-title.js'
import { isEditionWord } from './title/tags.js'

/** Without a file list only the title speaks, and titles lie more often than files. */
const UNSEEN_FILES = 0.03
const TOO_CLOSE = 0.02
const LOW_SIMILARITY = 0.7

export interface MatchDecision {
  kind: 'sure' | 'unsure'
  /** Place in the given list; -1 where it is empty. */
  recommendedIdx: number
  confidence: number
  reason?: ApprovalReason
}

/** What a scored candidate still tells of its evidence: its files are not mapped a second time. */
type Shown = Omit<Evidence, 'files'> & { files?: { found: number; missing: number; confidence: number } }

/** Whether the best candidate may be taken without asking a human, and if not, why. */
export function decideMatch(
  request: MatchRequest,
  scored: readonly ScoredCandidate[],
  options: { autoApproveThreshold: number; now: Date },
): MatchDecision {
  const ranked = [...scored.entries()].sort(([, a], [, b]) => compareScored(a, b))
  const [first, second] = ranked
  if (!first) return { kind: 'unsure', recommendedIdx: -1, confidence: 0, reason: { type: 'no_exact_match' } }
  const [recommendedIdx, best] = first
  const evidence = evidenceOf(request, best)
  const bar = Math.min(1, options.autoApproveThreshold + (evidence.files ? 0 : UNSEEN_FILES))
  const reason =
    outOfTheQuestion(best) ??
    notOutYet(request, options.now) ??
    missingTracks(evidence) ??
    weak(evidence, best.score, bar) ??
    tie(request, best, second?.[1], evidence, bar)
  return { kind: reason ? 'unsure' : 'sure', recommendedIdx, confidence: best.score, ...(reason ? { reason } : {}) }
}

function evidenceOf(request: MatchRequest, { torrent, track_mapping }: ScoredCandidate): Shown {
  const title = readTitle(torrent.title)
  const shown = { request, candidate: torrent, title, names: matchNames(request, title) }
  if (!torrent.files?.length) return shown
  const wanted = requestedItems(request).filter((item) => item.kind === 'track').length
  const found = track_mapping.length
  const total = track_mapping.reduce((sum, entry) => sum + entry.confidence, 0)
  return { ...shown, files: { found, missing: wanted - found, confidence: wanted === 0 ? 0 : total / wanted } }
}

function outOfTheQuestion({ score }: ScoredCandidate): ApprovalReason | undefined {
  return score === 0 ? { type: 'no_exact_match' } : undefined
}

/** What bears the name of an album that is still to come is a leak or a fake. */
function notOutYet({ search }: MatchRequest, now: Date): ApprovalReason | undefined {
  return search.year !== undefined && search.year > now.getUTCFullYear() ? { type: 'no_exact_match' } : undefined
}

function missingTracks({ request, files }: Shown): ApprovalReason | undefined {
  if (!files || files.missing === 0 || request.constraints.allow_partial) return undefined
  return { type: 'track_count_mismatch', expected: files.found + files.missing, found: files.found }
}

/** The most telling reason why the score is under the bar. */
function weak(evidence: Shown, score: number, bar: number): ApprovalReason | undefined {
  if (score >= bar) return undefined
  const { request, names } = evidence
  const found = durationBySize(evidence)
  const wanted = wantedDuration(request.tracks)
  if (found !== undefined && wanted.exact && Math.abs(found - wanted.secs) > 0.25 * wanted.secs && request.request_scope === 'full_album')
    return { type: 'duration_mismatch', expected_secs: Math.round(wanted.secs), found_secs: found }
  const similarity = Math.min(names.artist, names.album ?? 1)
  if (similarity < LOW_SIMILARITY) return { type: 'name_similarity_low', similarity: Math.round(similarity * 1000) / 1000 }
  return { type: 'low_confidence', score, threshold: bar }
}

/** Two releases of the same music are no dilemma; two different ones that score alike are. */
function tie(
  request: MatchRequest,
  best: ScoredCandidate,
  second: ScoredCandidate | undefined,
  evidence: Shown,
  bar: number,
): ApprovalReason | undefined {
  if (!second || second.score < bar || best.score - second.score > TOO_CLOSE) return undefined
  const other = evidenceOf(request, second)
  return sameContent(evidence, other) ? undefined : { type: 'multiple_good_matches', top_scores: [best.score, second.score] }
}

function sameContent(first: Shown, second: Shown): boolean {
  const covers = (evidence: Shown) => evidence.files?.missing === 0 && evidence.files.confidence >= 0.85
  return (covers(first) && covers(second)) || nameOf(first) === nameOf(second)
}

/** The album as the title names it; artists have several of one name, which only the year tells apart. */
function nameOf({ request, names, title }: Shown): string {
  const words = [...new Set(names.albumWords.filter((word) => !isEditionWord(word)))].sort()
  const year = request.search.year === undefined ? title.years[0] : undefined
  return [...words, year ?? ''].join(' ')
}
