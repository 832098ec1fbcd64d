import type { AuditEvent, Ticket } from '@torrentino/domain'
import type { Outcome, RunContext, Stage } from '@torrentino/pipeline'
import { AllIndexersFailed, type SearchExecuted } from '@torrentino/providers'
import { CATALOG, type CatalogDeps, type CatalogFind, findInCatalog } from './find-in-catalog.js'
import { type Round, type SearchDeps, searchRound } from './search-round.js'

export interface SearchStageDeps extends SearchDeps, CatalogDeps {
  /** How long a ticket waits altogether for indexers that may not be asked yet, before it goes on with what there is. */
  maxWaitMs: number
}

const NOTHING: Round = { candidates: [], strategies: [], executed: [], isGood: false, limited: [] }
const SHORTEST_WAIT_MS = 50

export type SearchFacts = Round | { found: CatalogFind }

/** pending -> searching -> matching or search_failed. */
export function createSearchStage(deps: SearchStageDeps): Stage<SearchFacts> {
  return {
    name: 'search',
    gather: (ticket, run) => (ticket.state.name === 'pending' ? Promise.resolve(NOTHING) : gather(ticket, deps, run)),
    decide: (ticket, facts, now) =>
      'found' in facts ? decideFound(ticket, facts.found, now) : decideSearch(ticket, facts, now, deps.maxWaitMs),
    failureAudit: (_ticket, { error }) => (error instanceof AllIndexersFailed ? auditOf(error.executed) : []),
  }
}

/** What we have is used before anybody is asked. */
async function gather(ticket: Ticket, deps: SearchStageDeps, run: RunContext): Promise<SearchFacts> {
  // What is only kept is no other ticket's concern: it takes nothing that we have, nobody is to wait for it, and it is no demand.
  if (ticket.request.keep_only) return searchRound(ticket, deps, run)
  const found = await findInCatalog(ticket, deps, run)
  return found ? { found } : searchRound(ticket, deps, run)
}

export function decideFound(ticket: Ticket, { candidate, mapping, score, reasons, executed }: CatalogFind, now: Date): Outcome {
  const strategies = [`${CATALOG}: ${executed.query}`]
  return {
    kind: 'step',
    type: 'candidates_found',
    state: { name: 'matching', candidates_count: 1, strategies_tried: strategies, started_at: now.toISOString() },
    work: { candidates_version: ticket.version + 1, candidates_count: 1, strategies_tried: strategies, from_catalog: true },
    candidates: [candidate],
    scores: [{ idx: 0, score, trackMapping: mapping, reasons }],
    details: { source: CATALOG, info_hash: candidate.info_hash },
    audit: auditOf([executed]),
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
  const reason = silenceOf(executed)
  if (candidates.length === 0) {
    const state = { name: 'search_failed' as const, strategies_tried: strategies, failed_at: at }
    return { kind: 'step', type: 'nothing_found', state, audit, ...reason, ...(spent && { work: spent }) }
  }
  return {
    kind: 'step',
    type: 'candidates_found',
    state: { name: 'matching', candidates_count: candidates.length, strategies_tried: strategies, started_at: at },
    work: {
      ...spent,
      candidates_version: ticket.version + 1,
      candidates_count: candidates.length,
      strategies_tried: strategies,
      from_catalog: undefined,
    },
    candidates,
    audit,
    ...reason,
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

/** A person who sees that little was found should see at once who was not heard; what each said is in the audit. */
function silenceOf(executed: readonly SearchExecuted[]): { reason?: string } {
  const heard = new Set(executed.filter(({ error }) => error === undefined).map(({ searcher_name }) => searcher_name))
  const silent = [...new Set(executed.map(({ searcher_name }) => searcher_name))].filter((name) => !heard.has(name))
  return silent.length === 0 ? {} : { reason: `no answer from ${silent.join(', ')}` }
}

function auditOf(executed: SearchExecuted[]): AuditEvent[] {
  return executed.map((payload) => ({ type: 'SearchExecuted', payload }))
}
