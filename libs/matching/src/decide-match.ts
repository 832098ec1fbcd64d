import { type ApprovalReason, requestedItems, type ScoredCandidate } from '@torrentino/domain'
import type { MatchRequest } from './match-request.js'
import { compareScored } from './order-candidates.js'
import { compareMusic, type MusicQuality } from './quality/music.js'
import { offeredQuality } from './quality/offered-quality.js'
import { PREFERRED } from './rules/discographies.js'
import { isLosslessWish } from './rules/format.js'
import type { Evidence } from './rules/rule.js'
import { durationBySize, wantedDuration } from './rules/size.js'
import { matchNames } from './title/match-names.js'
import { readTitle } from './title/read-title.js'
import { isEditionWord } from './title/tags.js'
import { toldConfidence } from './told-confidence.js'

/** Without a file list only the title speaks, and titles lie more often than files. */
const UNSEEN_FILES = 0.03
const TOO_CLOSE = 0.02
const LOW_SIMILARITY = 0.7
/** Reading names takes time, and nobody needs more of the same. */
const MOST_EQUALS = 20

export interface MatchDecision {
  kind: 'sure' | 'unsure'
  /** Place in the given list; -1 where it is empty. */
  recommendedIdx: number
  /** From the threshold on exactly where it is sure. */
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
  const [first, second] = ranked(request, scored, options.autoApproveThreshold)
  if (!first) return { kind: 'unsure', recommendedIdx: -1, confidence: 0, reason: { type: 'no_exact_match' } }
  const [recommendedIdx, best] = first
  const evidence = evidenceOf(request, best)
  const bar = Math.min(1, options.autoApproveThreshold + (evidence.files ? 0 : UNSEEN_FILES))
  const reason =
    outOfTheQuestion(best) ??
    notOutYet(request, options.now) ??
    missingTracks(evidence) ??
    weak(evidence, best, bar) ??
    tie(request, best, second?.[1], evidence, bar)
  return decisionOn(recommendedIdx, best.score, options.autoApproveThreshold, reason)
}

export function decisionOn(recommendedIdx: number, score: number, threshold: number, reason: ApprovalReason | undefined): MatchDecision {
  const confidence = toldConfidence(score, threshold, reason)
  return reason ? { kind: 'unsure', recommendedIdx, confidence, reason } : { kind: 'sure', recommendedIdx, confidence }
}

/** Best first; a collection that is preferred and good enough comes before better ones. Of equals quality decides, then seeders. */
function ranked(request: MatchRequest, scored: readonly ScoredCandidate[], threshold: number): [number, ScoredCandidate][] {
  const rank = ({ score, reasons }: ScoredCandidate) => (score >= threshold && reasons.some(({ code }) => code === PREFERRED) ? 0 : 1)
  const sorted = [...scored.entries()].sort(([, a], [, b]) => rank(a) - rank(b) || compareScored(a, b))
  const [, best] = sorted[0] ?? []
  const equals = sorted.filter(([, one]) => best && one.score === best.score && rank(one) === rank(best)).slice(0, MOST_EQUALS)
  return [...byQuality(request, equals), ...sorted.slice(equals.length)]
}

/** Only what is of use: bits and samples get lost where lossy files are wanted. */
function byQuality(request: MatchRequest, equals: [number, ScoredCandidate][]): [number, ScoredCandidate][] {
  if (equals.length < 2 || equals[0]?.[1].score === 0) return equals
  const worth = new Map(
    equals.map(([idx, { torrent, track_mapping }]) => {
      const { audio_format, bitrate, ...resolution } = offeredQuality(readTitle(torrent.title), track_mapping)
      return [idx, { audio_format, bitrate, ...(isLosslessWish(request) ? resolution : {}) }]
    }),
  )
  return equals.sort(([a], [b]) => compareMusic(worth.get(a) as MusicQuality, worth.get(b) as MusicQuality))
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
function weak(evidence: Shown, best: ScoredCandidate, bar: number): ApprovalReason | undefined {
  if (best.score >= bar) return undefined
  const { request } = evidence
  const found = playingTime(evidence, best)
  const wanted = wantedDuration(request.tracks)
  if (found !== undefined && wanted.exact && request.request_scope === 'full_album')
    return { type: 'duration_mismatch', expected_secs: Math.round(wanted.secs), found_secs: found }
  const similarity = shownSimilarity(evidence, best)
  if (similarity < LOW_SIMILARITY) return { type: 'name_similarity_low', similarity: Math.round(similarity * 1000) / 1000 }
  return { type: 'low_confidence', score: best.score, threshold: bar }
}

/** Of a release at one bitrate, where it cannot be that of the wanted tracks: by its size alone, or track by track. */
function playingTime(evidence: Shown, { torrent, track_mapping, reasons }: ScoredCandidate): number | undefined {
  if (!evidence.files) {
    const found = durationBySize(evidence.title, torrent.size_bytes)
    const { secs } = wantedDuration(evidence.request.tracks)
    return found !== undefined && Math.abs(found - secs) > 0.25 * secs ? found : undefined
  }
  const chosen = new Set(track_mapping.map((entry) => entry.torrent_file_path))
  const bytes = (torrent.files ?? []).reduce((sum, file) => sum + (chosen.has(file.path) ? file.size_bytes : 0), 0)
  const differ = reasons.some(({ code, points }) => code === 'lengths' && points < 0)
  return differ ? durationBySize(evidence.title, bytes) : undefined
}

/** Of the name that is least like the wanted one, unless files spoke for it. */
function shownSimilarity({ names }: Shown, { reasons }: ScoredCandidate): number {
  const credited = (codes: string[], points: number) => reasons.some((reason) => codes.includes(reason.code) && reason.points >= points)
  const artist = credited(['artist'], 0.3) ? 1 : names.artist
  return Math.min(artist, credited(['album', 'tracks'], 0.34) ? 1 : (names.album ?? 1))
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
