import type { ScoredCandidate } from '@torrentino/domain'
import { decideMatch, decisionOn, type MatchDecision } from '../decide-match.js'
import type { MatchRequest } from '../match-request.js'
import { matchNames } from '../title/match-names.js'
import { readTitle } from '../title/read-title.js'
import { type Consulted, SWAY } from './consult-model.js'

/** Beneath it the rules have too little to say for a candidate, wherever the bar is. */
const FLOOR = 0.7
const NAMED = 0.9
const PLACED = 0.7
/** A remaster, or more bytes than needed, is none. */
const RED_FLAG = -0.035

/**
 * Whether the best candidate may be taken without asking a human, on a model's word. Not on that alone: the rules must put the same
 * candidate first and be sure of it with a bar that is lower by what a model can move, its title must name artist and album, its files must have their place,
 * and nothing else may speak against it.
 */
export function decideConsulted(
  request: MatchRequest,
  { plain, swayed }: Consulted,
  options: { autoApproveThreshold: number; now: Date },
): MatchDecision {
  const decision = decideMatch(request, swayed, options)
  if (decision.kind === 'unsure') return decision
  const idx = decision.recommendedIdx
  const mapped = plain.map((candidate, place) => ({ ...candidate, track_mapping: (swayed[place] as ScoredCandidate).track_mapping }))
  const lower = Math.max(FLOOR, options.autoApproveThreshold - SWAY)
  const rules = decideMatch(request, mapped, { ...options, autoApproveThreshold: lower })
  const best = mapped[idx] as ScoredCandidate
  const agreed = rules.kind === 'sure' && rules.recommendedIdx === idx
  if (agreed && isNamed(request, best) && isPlaced(request, best) && isFlawless(best)) return decision
  const low = { type: 'low_confidence' as const, score: best.score, threshold: options.autoApproveThreshold }
  return decisionOn(idx, best.score, options.autoApproveThreshold, (rules.recommendedIdx === idx && rules.reason) || low)
}

function isNamed(request: MatchRequest, { torrent }: ScoredCandidate): boolean {
  const { artist, album } = matchNames(request, readTitle(torrent.title))
  return artist >= NAMED && (album ?? 1) >= NAMED
}

function isPlaced(request: MatchRequest, { torrent, track_mapping }: ScoredCandidate): boolean {
  if (!torrent.files?.length) return true
  const wanted = request.tracks.filter((track) => track.requested).length
  return track_mapping.reduce((sum, entry) => sum + entry.confidence, 0) >= PLACED * wanted
}

/** Nothing speaks against it, and the format for it: where it is not told, or too poor, no model knows more. */
function isFlawless({ reasons }: ScoredCandidate): boolean {
  const flags = reasons.filter(({ code, points }) => points < RED_FLAG && code !== 'coverage')
  return flags.length === 0 && reasons.some(({ code, points }) => code === 'format' && points > 0)
}
