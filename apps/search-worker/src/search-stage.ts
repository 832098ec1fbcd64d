import type { AuditEvent, Ticket, TorrentCandidate } from '@torrentino/domain'
import { buildQueries, scoreInTurns } from '@torrentino/matching'
import type { Outcome, RunContext, Stage } from '@torrentino/pipeline'
import { AllIndexersFailed, type SearchExecuted, type SearchQuery, searchAll, type TorrentSearcher } from '@torrentino/providers'

export interface SearchFacts {
  candidates: TorrentCandidate[]
  strategies: string[]
  executed: SearchExecuted[]
}

const NOTHING: SearchFacts = { candidates: [], strategies: [], executed: [] }
// One that scores this well makes broader questions needless.
const GOOD_ENOUGH = 0.6
const MAX_TIMEOUT_MS = 120_000
const MAX_CANDIDATES = 500

/** pending -> searching -> matching or search_failed. */
export function createSearchStage(searchers: TorrentSearcher[]): Stage<SearchFacts> {
  return {
    name: 'search',
    gather: (ticket, run) => (ticket.state.name === 'pending' ? Promise.resolve(NOTHING) : search(ticket, searchers, run)),
    decide: decideSearch,
    failureAudit: (_ticket, { error }) => (error instanceof AllIndexersFailed ? auditOf(error.executed) : []),
  }
}

export function decideSearch(ticket: Ticket, facts: SearchFacts, now: Date): Outcome {
  const at = now.toISOString()
  if (ticket.state.name === 'pending')
    return { kind: 'step', type: 'start_search', state: { name: 'searching', strategies_tried: [], started_at: at } }
  const { candidates, strategies, executed } = facts
  const audit = auditOf(executed)
  if (candidates.length === 0)
    return { kind: 'step', type: 'nothing_found', state: { name: 'search_failed', strategies_tried: strategies, failed_at: at }, audit }
  return {
    kind: 'step',
    type: 'candidates_found',
    state: { name: 'matching', candidates_count: candidates.length, strategies_tried: strategies, started_at: at },
    work: { candidates_version: ticket.version + 1, candidates_count: candidates.length, strategies_tried: strategies },
    candidates,
    audit,
  }
}

function auditOf(executed: SearchExecuted[]): AuditEvent[] {
  return executed.map((payload) => ({ type: 'SearchExecuted', payload }))
}

/** From the most specific question to the broadest, until one brings something good. */
async function search(ticket: Ticket, searchers: TorrentSearcher[], { signal }: RunContext): Promise<SearchFacts> {
  const facts: SearchFacts = { candidates: [], strategies: [], executed: [] }
  const found = new Map<string, TorrentCandidate>()
  for (const { strategy, ...query } of strategiesOf(ticket)) {
    const { candidates, executed } = await ask(searchers, query, facts, signal)
    facts.strategies.push(`${strategy}: ${query.text}`)
    facts.executed.push(...executed)
    for (const candidate of candidates) found.set(keyOf(candidate), found.get(keyOf(candidate)) ?? candidate)
    const scored = await scoreInTurns(ticket.request, candidates, signal)
    if (scored.some(({ score }) => score >= GOOD_ENOUGH)) break
  }
  return { ...facts, candidates: [...found.values()].slice(0, MAX_CANDIDATES) }
}

/** Where nobody answers, the audit still learns what the questions before this one brought. */
async function ask(searchers: TorrentSearcher[], query: SearchQuery, { executed }: SearchFacts, signal: AbortSignal) {
  try {
    return await searchAll(searchers, query, { signal, perSearcherTimeoutMs: MAX_TIMEOUT_MS })
  } catch (error) {
    if (!(error instanceof AllIndexersFailed)) throw error
    throw new AllIndexersFailed(error.kind, error.message, [...executed, ...error.executed], error.retryAfterMs)
  }
}

function strategiesOf(ticket: Ticket) {
  const forced = ticket.work.forced_query
  return forced === undefined ? buildQueries(ticket.request) : [{ strategy: 'forced', text: forced }]
}

function keyOf(candidate: TorrentCandidate): string {
  return candidate.info_hash ?? `${candidate.indexer}/${candidate.title}/${candidate.size_bytes}`
}
