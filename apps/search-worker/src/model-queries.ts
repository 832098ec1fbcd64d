import { moreQueries } from '@torrentino/matching'
import { type Llm, openLlmSession } from '@torrentino/providers'
import type { Logger } from '@torrentino/runtime'
import type { FurtherQueries, MoreQueries } from './search-round.js'

const REMEMBERED = 500

/** A model's queries. A search that waits for an indexer comes back here: a model is not asked twice about the same. */
export function createModelQueries(llm: Llm, log: Pick<Logger, 'warn'>): MoreQueries {
  const known = new Map<string, FurtherQueries>()
  return async (ticket, tried, signal) => {
    const key = `${ticket.id}-${ticket.version}`
    const before = known.get(key)
    if (before) return before
    const session = openLlmSession(llm, ticket, signal)
    const texts = tried.map(({ text }) => text)
    const answer = await moreQueries((question) => session.ask(question), ticket.request, texts)
    if ('error' in answer) log.warn('no further queries', { ticket_id: ticket.id, llm_error: answer.error })
    const further = { queries: 'error' in answer ? [] : answer.queries, spent: session.spent() }
    known.set(key, further)
    if (known.size > REMEMBERED) known.delete(known.keys().next().value ?? '')
    return further
  }
}
