import type { Actor, ApprovalReason, AuditEvent, ScoredCandidate, Ticket, TorrentCandidate, TransitionEvent } from '@torrentino/domain'
import type { StepExtras } from '@torrentino/pipeline'
import type { TestPipeline } from './test-pipeline.js'

const WORKER: Actor = { kind: 'system', id: 'test-worker' }

/** What a matcher of the past made of the candidates. */
export interface PastDecision {
  kind: 'match_sure' | 'match_unsure' | 'match_previewed'
  selected: number
  confidence: number
  reason?: ApprovalReason
  llm?: { llm_provider: string; llm_model: string; prompt_tokens: number; completion_tokens: number }
}

/** Steps of tickets as search and match worker write them, through the door. */
export function pastTickets(it: TestPipeline) {
  async function step(ticket: Ticket, event: TransitionEvent, extras: StepExtras = {}): Promise<Ticket> {
    const { commitStep } = await import('@torrentino/pipeline')
    const done = await commitStep(it.deps, ticket, event, WORKER, extras)
    if (!done) throw new Error(`${event.type} was not written`)
    await done.told
    return done.ticket
  }

  const at = () => it.deps.now().toISOString()

  return {
    /** Up to where the matcher has its candidates. */
    async searched(before: Ticket, candidates: TorrentCandidate[]): Promise<Ticket> {
      const searching = await step(before, { type: 'start_search', state: { name: 'searching', strategies_tried: [], started_at: at() } })
      return this.found(searching, candidates)
    },

    found(searching: Ticket, candidates: TorrentCandidate[]): Promise<Ticket> {
      return step(
        searching,
        {
          type: 'candidates_found',
          state: { name: 'matching', candidates_count: candidates.length, strategies_tried: [], started_at: at() },
          work: { candidates_version: searching.version + 1, candidates_count: candidates.length },
        },
        { candidates },
      )
    },

    decided(matching: Ticket, scored: ScoredCandidate[], past: PastDecision): Promise<Ticket> {
      const { kind, selected, confidence, reason = { type: 'no_exact_match' } } = past
      const shown = { candidates_count: scored.length, recommended_idx: selected, confidence }
      const states = {
        match_sure: { name: 'auto_approved', selected_idx: selected, confidence },
        match_unsure: { name: 'needs_approval', ...shown, reason, waiting_since: at() },
        match_previewed: { name: 'dry_run_complete', ...shown, completed_at: at() },
      } as const
      const work = kind === 'match_sure' ? { selected_idx: selected } : {}
      const scores = scored.map(({ score, track_mapping, reasons, torrent }, idx) => ({
        idx,
        score,
        trackMapping: track_mapping,
        reasons,
        torrent,
      }))
      return step(matching, { type: kind, state: states[kind], work }, { scores, audit: [completed(scored, past)] })
    },
  }
}

function completed(scored: ScoredCandidate[], { selected, confidence, llm }: PastDecision): AuditEvent {
  const candidates_scored = scored.map(({ torrent, score, reasons, track_mapping }, idx) => {
    const { title, indexer, info_hash = null } = torrent
    return { idx, title, indexer, info_hash, score, reasons, track_mapping }
  })
  const payload = {
    matcher_type: llm ? 'llm' : 'dumb',
    ...llm,
    candidates_scored,
    selected_idx: selected,
    confidence,
    reasoning: 'as it was',
  }
  return { type: 'MatchingCompleted', payload }
}
