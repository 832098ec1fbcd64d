import type { Ticket, TorrentCandidate, Work } from '@torrentino/domain'
import { buildQueries, type NamedQuery, scoreInTurns } from '@torrentino/matching'
import type { RunContext } from '@torrentino/pipeline'
import {
  AllIndexersFailed,
  type LimitedIndexer,
  mergeCandidates,
  type SearchExecuted,
  type SearchQuery,
  type SearchResult,
  searchAll,
  type TorrentSearcher,
} from '@torrentino/providers'
import type { Parts } from './find-parts.js'

export interface FurtherQueries {
  queries: NamedQuery[]
  /** What finding them has cost the ticket so far. */
  spent: Work['llm']
  /** For the audit: who was asked for them, and what it cost. */
  executed: SearchExecuted
}

/** Further questions where our own have found nothing good. It is asked once for a search and must not throw but for its signal. */
export type MoreQueries = (ticket: Ticket, tried: readonly NamedQuery[], signal: AbortSignal) => Promise<FurtherQueries>

export interface SearchDeps {
  searchers: TorrentSearcher[]
  moreQueries?: MoreQueries
}

export interface Round {
  candidates: TorrentCandidate[]
  /** Each question that somebody was asked, as `strategy: text`. */
  strategies: string[]
  executed: SearchExecuted[]
  /** One of the candidates is good enough to make further questions needless. */
  isGood: boolean
  /** Whose places were taken: these indexers have more to say. */
  limited: LimitedIndexer[]
  /** Who gave no answer, and is not asked again in this round. */
  unreachable: string[]
  /** What further questions have cost the ticket so far. */
  spent?: Work['llm']
  /** What nobody was asked for. */
  parts?: Parts
}

// One that scores this well by its title makes broader questions needless: a list of files adds up to 0.1, which is approval by default.
// Of those below, most are not what is wanted, and a person would be asked where another question may have found it.
const GOOD_ENOUGH = 0.75
const MAX_TIMEOUT_MS = 120_000
const MAX_CANDIDATES = 500
const MAX_MORE = 5

/**
 * From the most specific question to the broadest, until one brings something good. An indexer whose places are taken is not
 * asked anything else in this round: the next round asks it where this one stopped, and the others answer from memory. Nor is one
 * that gives no answer: it holds up the round once, for its own time-out.
 */
export async function searchRound(ticket: Ticket, deps: SearchDeps, { signal }: Pick<RunContext, 'signal'>): Promise<Round> {
  const round: Round = { candidates: [], strategies: [], executed: [], isGood: false, limited: [], unreachable: [] }
  const found: TorrentCandidate[] = []
  const tried: NamedQuery[] = []

  async function askAll(queries: readonly NamedQuery[]): Promise<void> {
    for (const query of queries) {
      const done = new Set([...round.unreachable, ...round.limited.map(({ indexer }) => indexer)])
      const open = deps.searchers.filter(({ name }) => !done.has(name))
      if (done.size > 0 && open.length === 0) return
      const { strategy, ...question } = query
      const { candidates, executed, limited, unreachable } = await ask(open, question, strategy, round, signal)
      tried.push(query)
      // Where all had to turn it away, it was not tried.
      if (executed.length > limited.length) round.strategies.push(`${strategy}: ${query.text}`)
      round.executed.push(...executed.map((entry) => ({ ...entry, strategy })))
      round.limited.push(...limited)
      round.unreachable.push(...unreachable)
      found.push(...candidates)
      const scored = await scoreInTurns(ticket.request, candidates, signal)
      round.isGood = scored.some(({ score }) => score >= GOOD_ENOUGH)
      if (round.isGood) return
    }
  }

  await askAll(ownQueries(ticket))
  // Not before all have answered our own: further questions may cost money, and for what nobody waits for none is spent.
  if (
    deps.moreQueries &&
    !ticket.request.keep_only &&
    ticket.work.forced_query === undefined &&
    !round.isGood &&
    round.limited.length === 0
  ) {
    const { queries, spent, executed } = await deps.moreQueries(ticket, tried, signal)
    round.spent = spent
    round.executed.push(executed)
    await askAll(onlyNew(queries, tried))
  }
  return { ...round, candidates: inOrderOfQuestions(found) }
}

function ownQueries(ticket: Ticket): NamedQuery[] {
  const forced = ticket.work.forced_query
  return forced === undefined
    ? buildQueries({ ...ticket.request, prefer_discographies: ticket.request.keep_only })
    : [{ strategy: 'forced', text: forced }]
}

function onlyNew(queries: readonly NamedQuery[], tried: readonly NamedQuery[]): NamedQuery[] {
  const texts = new Set(tried.map(({ text }) => text.toLowerCase()))
  return queries.filter(({ text }) => text.trim() !== '' && !texts.has(text.toLowerCase())).slice(0, MAX_MORE)
}

/** Where nobody answers, the audit still learns what the questions before this one brought. */
async function ask(
  searchers: TorrentSearcher[],
  query: SearchQuery,
  strategy: string,
  { executed, limited, unreachable }: Round,
  signal: AbortSignal,
): Promise<SearchResult> {
  try {
    return await searchAll(searchers, query, { signal, perSearcherTimeoutMs: MAX_TIMEOUT_MS })
  } catch (error) {
    if (!(error instanceof AllIndexersFailed)) throw error
    // Somebody is still to be asked, so not all have failed.
    if (limited.length > 0) return { candidates: [], executed: error.executed, limited: [], unreachable: error.unreachable }
    const all = [...executed, ...error.executed.map((entry) => ({ ...entry, strategy }))]
    // Those that gave no answer before may come back, nobody knows when.
    const [kind, retryAfterMs] = unreachable.length > 0 ? (['retryable', undefined] as const) : [error.kind, error.retryAfterMs]
    throw new AllIndexersFailed(kind, error.message, all, error.unreachable, retryAfterMs)
  }
}

/** Those of specific questions first, each torrent once with all that offer it. */
function inOrderOfQuestions(found: readonly TorrentCandidate[]): TorrentCandidate[] {
  const places = new Map<string, number>()
  for (const [place, candidate] of found.entries()) {
    const key = keyOf(candidate)
    if (!places.has(key)) places.set(key, place)
  }
  const placeOf = (candidate: TorrentCandidate) => places.get(keyOf(candidate)) ?? found.length
  return mergeCandidates(found, found.length)
    .sort((a, b) => placeOf(a) - placeOf(b))
    .slice(0, MAX_CANDIDATES)
}

function keyOf(candidate: TorrentCandidate): string {
  return candidate.info_hash ?? `${candidate.indexer}/${candidate.title}/${candidate.size_bytes}`
}
