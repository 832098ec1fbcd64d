import { type AuditEvent, type BlockedCandidate, blockedBy, type ScoredCandidate, type Ticket, withBlocked } from '@torrentino/domain'
import { decideMatch, type MatchDecision } from '@torrentino/matching'
import type { Outcome } from '@torrentino/pipeline'
import type { StoredCandidate } from '@torrentino/store'
import type { CandidateFault } from './candidate-fault.js'

interface Failed {
  fault: CandidateFault
  candidates: readonly StoredCandidate[]
}

const SHOWN = 10

/** What becomes of a ticket whose candidate failed: the next one that needs no human, else a human, else a new search. */
export function decideNext(ticket: Ticket, failed: Failed, options: { now: Date; autoApproveThreshold: number }): Outcome {
  const { fault } = failed
  const at = options.now.toISOString()
  const blocked = blockedOf(ticket, failed, at)
  const blocklist = withBlocked(ticket.work.blocklist, blocked)
  const left = failed.candidates.filter(({ torrent }) => !blockedBy(blocklist, torrent))
  const decision = decideMatch(ticket.request, left.map(byTheRules), options)
  const next = left[decision.recommendedIdx]?.idx ?? null
  const isSure = decision.kind === 'sure'
  const { at: _at, ...told } = blocked
  const failure: AuditEvent[] = [
    { type: 'DownloadFailed', payload: { info_hash: blocked.info_hash, error: fault.reason, will_retry: false } },
    { type: 'CandidateBlocked', payload: { ...told, next_idx: isSure ? next : null } },
  ]
  const common = {
    kind: 'step' as const,
    type: 'candidate_failed' as const,
    reason: fault.reason,
    details: { failed_candidate: told },
    audit: failure,
  }
  const work = { ...FRESH, blocklist }
  // Nobody has been asked yet.
  if (ticket.work.from_catalog) return { ...common, work, state: { name: 'pending' } }
  if (next === null)
    return { ...common, work, state: { name: 'search_failed', strategies_tried: ticket.work.strategies_tried ?? [], failed_at: at } }
  if (isSure)
    return {
      ...common,
      work: { ...work, selected_idx: next },
      state: { name: 'auto_approved', selected_idx: next, confidence: decision.confidence },
    }
  return { ...common, work, ...asking(failed.candidates.length, left, { next, decision, at }, common) }
}

/** What belonged to the candidate that failed. */
export const FRESH = {
  from_catalog: undefined,
  selected_idx: undefined,
  human_approved: undefined,
  magnet_uri: undefined,
  download: undefined,
} as const

function asking(
  count: number,
  left: readonly StoredCandidate[],
  { next, decision, at }: { next: number; decision: MatchDecision; at: string },
  { audit, details }: { audit: AuditEvent[]; details: object },
) {
  const reason = decision.reason ?? { type: 'no_exact_match' as const }
  const summary = left
    .map(({ idx, torrent, score }) => ({
      idx,
      title: torrent.title,
      score: score ?? 0,
      seeders: torrent.seeders,
      size_bytes: torrent.size_bytes,
    }))
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
  return {
    state: {
      name: 'needs_approval' as const,
      candidates_count: count,
      recommended_idx: next,
      confidence: decision.confidence,
      reason,
      waiting_since: at,
    },
    details: { ...details, candidates: summary },
    audit: [
      ...audit,
      {
        type: 'ApprovalRequested' as const,
        payload: { reason, candidates: summary.map(({ idx, title, score }) => ({ idx, title, score })) },
      },
    ],
  }
}

function blockedOf({ work, state }: Ticket, { fault, candidates }: Failed, at: string): BlockedCandidate {
  // A forced magnet has nothing but its hash.
  const selected = work.magnet_uri === undefined ? candidates.find(({ idx }) => idx === (work.selected_idx ?? 0))?.torrent : undefined
  const known = state.name === 'downloading' ? work.download?.info_hash : undefined
  return {
    info_hash: known ?? selected?.info_hash ?? null,
    title: selected?.title ?? '',
    size_bytes: selected?.size_bytes ?? 0,
    ...fault,
    at,
  }
}

/** What a model said was said of another choice: here the rules alone must be sure. */
function byTheRules({ torrent, score, trackMapping, reasons }: StoredCandidate): ScoredCandidate {
  const said = reasons.find(({ code }) => code === 'llm')?.points ?? 0
  const plain = Math.min(1, Math.max(0, Math.min(score ?? 0, (score ?? 0) - said)))
  return { torrent, score: plain, track_mapping: trackMapping, reasons, reasoning: '' }
}
