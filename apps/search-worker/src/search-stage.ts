import type { AuditEvent, Ticket } from '@torrentino/domain'
import type { Outcome, Stage } from '@torrentino/pipeline'
import { AllIndexersFailed, type SearchExecuted } from '@torrentino/providers'
import { type Round, type SearchDeps, searchRound } from './search-round.js'

export interface SearchStageDeps extends SearchDeps {
  /** How long a ticket waits altogether for indexers that may not be asked yet, before it goes on with what there is. */
  maxWaitMs: number
}

const NOTHING: Round = { candidates: [], strategies: [], executed: [], isGood: false, limited: [] }
const SHORTEST_WAIT_MS = 50

/** pending -> searching -> matching or search_failed. */
export function createSearchStage(deps: SearchStageDeps): Stage<Round> {
  return {
    name: 'search',
    gather: (ticket, run) => (ticket.state.name === 'pending' ? Promise.resolve(NOTHING) : searchRound(ticket, deps, run)),
    decide: (ticket, round, now) => decideSearch(ticket, round, now, deps.maxWaitMs),
    failureAudit: (_ticket, { error }) => (error instanceof AllIndexersFailed ? auditOf(error.executed) : []),
  }
}

export function decideSearch(ticket: Ticket, round: Round, now: Date, maxWaitMs: number): Outcome {
  const at = now.toISOString()
  if (ticket.state.name === 'pending')
    return { kind: 'step', type: 'start_search', state: { name: 'searching', strategies_tried: [], started_at: at } }
  const waitMs = waitFor(ticket, round, now, maxWaitMs)
  if (waitMs > 0) {
    const names = round.limited.map(({ indexer }) => indexer).join(', ')
    return { kind: 'wait', ms: Math.max(waitMs, SHORTEST_WAIT_MS), reason: `may not be asked yet: ${names}` }
  }
  const { candidates, strategies, executed } = round
  const audit = auditOf(executed)
  const spent = round.spent && { llm: round.spent }
  if (candidates.length === 0) {
    const state = { name: 'search_failed' as const, strategies_tried: strategies, failed_at: at }
    return { kind: 'step', type: 'nothing_found', state, audit, ...(spent && { work: spent }) }
  }
  return {
    kind: 'step',
    type: 'candidates_found',
    state: { name: 'matching', candidates_count: candidates.length, strategies_tried: strategies, started_at: at },
    work: { ...spent, candidates_version: ticket.version + 1, candidates_count: candidates.length, strategies_tried: strategies },
    candidates,
    audit,
  }
}

/** Until the first indexer may be asked, within the time there is; one that nobody has answered yet has nothing to go on with. */
function waitFor({ state }: Ticket, { limited, isGood, executed }: Round, now: Date, maxWaitMs: number): number {
  if (isGood || limited.length === 0) return 0
  const due = Math.min(...limited.map(({ waitMs }) => waitMs))
  if (executed.every(({ error }) => error !== undefined)) return due
  const waited = state.name === 'searching' ? now.getTime() - Date.parse(state.started_at) : 0
  return Math.min(due, maxWaitMs - waited)
}

function auditOf(executed: SearchExecuted[]): AuditEvent[] {
  return executed.map((payload) => ({ type: 'SearchExecuted', payload }))
}
