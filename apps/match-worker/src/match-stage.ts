import { type AuditEvent, type ScoredCandidate, StageError, type Ticket, type TorrentCandidate } from '@torrentino/domain'
import { decideMatch, judgeCandidates } from '@torrentino/matching'
import type { Outcome, RunContext, Stage } from '@torrentino/pipeline'
import { getFilesOf, type TorrentSearcher } from '@torrentino/providers'
import type { Candidates } from '@torrentino/store'

export interface MatchDeps {
  candidates: Pick<Candidates, 'of'>
  searchers: TorrentSearcher[]
  threshold: number
}

/** The candidates by their stored index, judged. */
export interface MatchFacts {
  scored: ScoredCandidate[]
}

const SHOWN = 10

/** matching -> auto_approved, needs_approval, dry_run_complete or failed. */
export function createMatchStage(deps: MatchDeps): Stage<MatchFacts> {
  return {
    name: 'match',
    gather: (ticket, run) => judgeStored(ticket, deps, run),
    decide: (ticket, facts, now) => decideMatching(ticket, facts, deps.threshold, now),
  }
}

async function judgeStored(ticket: Ticket, deps: MatchDeps, { signal }: RunContext): Promise<MatchFacts> {
  const stored = await deps.candidates.of(ticket.id, ticket.work.candidates_version ?? 0)
  if (stored.length === 0) throw new StageError('permanent', 'no_candidates', 'the search left no candidates; use force-search')
  const torrents = stored.map((candidate) => candidate.torrent)
  const scored = await judgeCandidates(ticket.request, torrents, {
    withFiles: (torrent) => withFiles(torrent, deps.searchers, signal),
    signal,
  })
  return { scored }
}

/** A list that cannot be had now is no reason to fail: the candidate is judged by its title, and again once its metadata is there. */
async function withFiles(torrent: TorrentCandidate, searchers: TorrentSearcher[], signal: AbortSignal): Promise<TorrentCandidate> {
  try {
    const found = await getFilesOf(searchers, torrent, { signal })
    if (!found) return torrent
    return {
      ...torrent,
      info_hash: found.infoHash,
      // Private trackers write torrents anew for each user: the announced magnet may be of another one.
      magnet_uri: found.magnetUri ?? (found.infoHash === torrent.info_hash ? torrent.magnet_uri : undefined),
      files: found.files.length > 0 ? found.files : undefined,
    }
  } catch (error) {
    if (error instanceof StageError && !signal.aborted) return torrent
    throw error
  }
}

export function decideMatching(ticket: Ticket, { scored }: MatchFacts, threshold: number, now: Date): Outcome {
  const at = now.toISOString()
  const verdict = decideMatch(ticket.request, scored, { autoApproveThreshold: threshold, now })
  const { recommendedIdx, confidence } = verdict
  const common = {
    kind: 'step' as const,
    scores: scored.map((candidate, idx) => ({
      idx,
      score: candidate.score,
      trackMapping: candidate.track_mapping,
      reasons: candidate.reasons,
      torrent: candidate.torrent,
    })),
    audit: matchingAudit(scored, recommendedIdx, confidence),
  }
  const shown = { candidates_count: scored.length, recommended_idx: recommendedIdx, confidence }
  if (ticket.request.dry_run) return { ...common, type: 'match_previewed', state: { name: 'dry_run_complete', ...shown, completed_at: at } }
  if (verdict.kind === 'sure')
    return {
      ...common,
      type: 'match_sure',
      state: { name: 'auto_approved', selected_idx: recommendedIdx, confidence },
      work: { selected_idx: recommendedIdx },
    }
  const reason = verdict.reason ?? { type: 'no_exact_match' as const }
  const summary = summaryOf(scored)
  return {
    ...common,
    type: 'match_unsure',
    state: { name: 'needs_approval', ...shown, reason, waiting_since: at },
    details: { candidates: summary },
    audit: [
      ...common.audit,
      { type: 'ApprovalRequested', payload: { reason, candidates: summary.map(({ idx, title, score }) => ({ idx, title, score })) } },
    ],
  }
}

function summaryOf(scored: ScoredCandidate[]) {
  return scored
    .map(({ torrent, score }, idx) => ({ idx, title: torrent.title, score, seeders: torrent.seeders, size_bytes: torrent.size_bytes }))
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
}

function matchingAudit(scored: ScoredCandidate[], selected: number, confidence: number): AuditEvent[] {
  return [
    { type: 'MatchingStarted', payload: { candidates_count: scored.length, matcher_type: 'dumb' } },
    {
      type: 'MatchingCompleted',
      payload: {
        matcher_type: 'dumb',
        candidates_scored: scored.map(({ torrent, score, reasons, track_mapping }, idx) => ({
          idx,
          title: torrent.title,
          indexer: torrent.indexer,
          info_hash: torrent.info_hash ?? null,
          score,
          reasons,
          track_mapping,
        })),
        selected_idx: selected,
        confidence,
        reasoning: scored[selected]?.reasoning ?? '',
      },
    },
  ]
}
