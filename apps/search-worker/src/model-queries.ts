import { AUDIT_PAYLOADS, type Ticket } from '@torrentino/domain'
import { moreQueries } from '@torrentino/matching'
import { type Llm, type LlmSession, openLlmSession, type SharedState } from '@torrentino/providers'
import type { Logger } from '@torrentino/runtime'
import { z } from 'zod'
import type { FurtherQueries, MoreQueries } from './search-round.js'

export interface ModelQueriesDeps {
  llm: Llm
  log: Pick<Logger, 'warn'>
  memory: SharedState['memory']
}

const MODEL = 'llm'
/** Longer than a search waits for its indexers. */
const KEPT_MS = 3_600_000

const Kept = z.object({
  queries: z.array(z.object({ strategy: z.string(), text: z.string() })),
  spent: z.object({ tokens: z.number(), ms: z.number() }),
  executed: AUDIT_PAYLOADS.SearchExecuted,
})

/** A model's queries. A search that waits for an indexer comes back here, in any replica: a model is not asked twice about the same. */
export function createModelQueries({ llm, log, memory }: ModelQueriesDeps): MoreQueries {
  return async (ticket, tried, signal) => {
    const key = `queries:${ticket.id}-${ticket.version}`
    const before = await recall(memory, key)
    if (before) return { ...before, executed: { ...before.executed, cached: true } }
    const session = openLlmSession(llm, ticket, signal)
    const began = performance.now()
    const texts = tried.map(({ text }) => text)
    const answer = await moreQueries((question) => session.ask(question), ticket.request, texts)
    const error = 'error' in answer ? answer.error : undefined
    if (error !== undefined) log.warn('no further queries', { ticket_id: ticket.id, llm_error: error })
    const queries = 'error' in answer ? [] : answer.queries
    const ms = Math.round(performance.now() - began)
    const further = { queries, spent: session.spent(), executed: entryOf(ticket, session, { results: queries.length, ms, error }) }
    await memory.put(key, Buffer.from(JSON.stringify(further)), KEPT_MS).catch(() => {})
    return further
  }
}

/** What the question to the model cost, beside what the indexers were asked with its words. */
function entryOf({ request }: Ticket, session: LlmSession, { results, ms, error }: { results: number; ms: number; error?: string }) {
  const { promptTokens, completionTokens } = session.usage()
  return {
    searcher_name: MODEL,
    strategy: MODEL,
    query: [request.search.artist, request.search.album].filter(Boolean).join(' '),
    results_count: results,
    duration_ms: ms,
    llm_provider: session.provider,
    llm_model: session.model,
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    ...(error !== undefined && { error }),
  }
}

async function recall(memory: ModelQueriesDeps['memory'], key: string): Promise<FurtherQueries | undefined> {
  const kept = await memory.get(key).catch(() => null)
  try {
    return kept === null ? undefined : Kept.parse(JSON.parse(kept.toString()))
  } catch {
    // Written by another version of us: asked again.
    return undefined
  }
}
