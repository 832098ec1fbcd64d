import { type AuditEvent, type HeldFiles, StageError, type Ticket, type Work, withoutHeld } from '@torrentino/domain'
import { nameKey } from '@torrentino/matching'
import type { Outcome, RunContext, Stage } from '@torrentino/pipeline'
import { AllIndexersFailed, type SearchExecuted } from '@torrentino/providers'
import type { Catalog } from '@torrentino/store'
import { CATALOG, type CatalogFind } from './find-in-catalog.js'
import { gatherShared, type ShareDeps, type Shared } from './gather-shared.js'
import { type Round, type SearchDeps, searchRound } from './search-round.js'

export interface SearchStageDeps extends SearchDeps, ShareDeps {
  catalog: ShareDeps['catalog'] & Pick<Catalog, 'noteWish'>
  /** How long a ticket waits altogether for indexers that may not be asked yet, before it goes on with what there is. */
  maxWaitMs: number
}

const NOTHING: Round = { candidates: [], strategies: [], executed: [], isGood: false, limited: [], unreachable: [] }
const SHORTEST_WAIT_MS = 50

// Whoever waits for another ticket is told when that one is further; where the word is lost, it looks then.
const LOOK_AGAIN_MS = 60_000

export type SearchFacts = Round | Exclude<Shared, { kind: 'alone' }>

/** pending -> searching -> matching or search_failed. */
export function createSearchStage(deps: SearchStageDeps): Stage<SearchFacts> {
  return {
    name: 'search',
    gather: (ticket, run) => gather(ticket, deps, run),
    decide(ticket, facts, now) {
      if (!('kind' in facts)) return decideSearch(ticket, facts, now, deps.maxWaitMs)
      return facts.kind === 'found' ? decideFound(ticket, facts.found, now) : decideLink(ticket, facts)
    },
    failureAudit: (_ticket, { error }) => (error instanceof AllIndexersFailed ? auditOf(error.executed) : []),
  }
}

/** What we have or load already is used before anybody is asked. */
async function gather(ticket: Ticket, deps: SearchStageDeps, run: RunContext): Promise<SearchFacts> {
  if (ticket.state.name === 'pending') {
    await noteDemand(ticket, deps)
    return NOTHING
  }
  // What is only kept is no other ticket's concern: it takes nothing that we have, and nobody is to wait for it.
  if (ticket.request.keep_only) return searchRound(ticket, deps, run)
  const shared = await gatherShared(ticket, deps, run)
  if (shared.kind !== 'alone') return shared
  const { parts } = shared
  const lacking = withoutHeld({ ...ticket, work: { ...ticket.work, held: parts?.held } })
  return { ...(await searchRound(lacking, deps, run)), parts }
}

/** A dry run wants nothing, and what is only kept is a consequence of what was wanted. */
async function noteDemand({ id, request }: Ticket, { catalog }: SearchStageDeps): Promise<void> {
  if (request.dry_run || request.keep_only) return
  const { artist } = request.search
  await catalog.noteWish(id, artist, nameKey(artist))
}

/** Linked to a ticket that sees to the same, or not any more. */
export function decideLink({ state }: Ticket, facts: Extract<Shared, { kind: 'linked' | 'released' }>): Outcome {
  if (state.name !== 'searching') throw new StageError('permanent', 'internal', 'only a search is linked')
  const { linked_to: before, ...searching } = state
  if (facts.kind === 'released') {
    const { from, reason } = facts
    const audit: AuditEvent[] = [{ type: 'TicketReleased', payload: { linked_to: from, reason } }]
    return { kind: 'step', type: 'release', state: searching, reason, audit, details: { released_from: from } }
  }
  const { to, standing } = facts
  if (before === to) return { kind: 'wait', ms: LOOK_AGAIN_MS, reason: `ticket ${to} (${standing}) sees to the same` }
  return {
    kind: 'step',
    type: 'link',
    state: { ...searching, linked_to: to },
    audit: [{ type: 'TicketLinked', payload: { linked_to: to } }],
  }
}

export function decideFound(
  ticket: Ticket,
  { candidate, mapping, held, score, reasons, executed }: CatalogFind,
  now: Date,
): Outcome & { kind: 'step' } {
  const strategies = [`${CATALOG}: ${executed.query}`]
  return {
    kind: 'step',
    type: 'candidates_found',
    state: { name: 'matching', candidates_count: 1, strategies_tried: strategies, started_at: now.toISOString() },
    work: { candidates_version: ticket.version + 1, candidates_count: 1, strategies_tried: strategies, from_catalog: true, held },
    candidates: [candidate],
    scores: [{ idx: 0, score, trackMapping: mapping, reasons }],
    details: { source: CATALOG, info_hash: candidate.info_hash, ...heldDetails(held) },
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
  const { candidates, strategies, executed, parts } = round
  const audit = auditOf(parts ? [parts.executed, ...executed] : executed)
  const spent = round.spent && { llm: round.spent }
  const reason = silenceOf(executed)
  if (candidates.length === 0) return { ...decideNothing(ticket, round, now, spent), audit, ...reason }
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
      held: parts?.held,
    },
    candidates,
    ...(parts && { details: heldDetails(parts.held) }),
    audit,
    ...reason,
  }
}

function decideNothing(
  ticket: Ticket,
  { strategies, parts }: Round,
  now: Date,
  spent: Pick<Work, 'llm'> | undefined,
): Outcome & { kind: 'step' } {
  if (parts && ticket.request.constraints.allow_partial) {
    const found = decideFound(ticket, parts.alone, now)
    return { ...found, work: { ...found.work, ...spent } }
  }
  const state = { name: 'search_failed' as const, strategies_tried: strategies, failed_at: now.toISOString() }
  return { kind: 'step', type: 'nothing_found', state, ...(spent && { work: spent }) }
}

/** Which tracks are not searched for, and the torrents that have them. */
function heldDetails(held: readonly HeldFiles[] = []): Record<string, unknown> {
  if (held.length === 0) return {}
  return { held: held.map(({ info_hash, files }) => ({ info_hash, tracks: files.map(({ item_id }) => item_id) })) }
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
