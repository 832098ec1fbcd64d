import type { ScoredCandidate, Ticket } from '@torrentino/domain'
import { type Consulted, consultModel } from '@torrentino/matching'
import type { RunContext } from '@torrentino/pipeline'
import { type Llm, type LlmSpent, type LlmUsage, openLlmSession } from '@torrentino/providers'

/** What a model said about the candidates, or why it said nothing useful. */
export interface ModelWord {
  provider: string
  model: string
  usage: LlmUsage
  /** With what the search's questions cost. */
  spent: LlmSpent
  said: Consulted | { error: string }
}

/** Undefined where the rules are sure, or have nothing in question. */
export async function askModel(
  llm: Llm,
  ticket: Ticket,
  scored: ScoredCandidate[],
  autoApproveThreshold: number,
  { signal, now }: RunContext,
): Promise<ModelWord | undefined> {
  const session = openLlmSession(llm, ticket.work.llm, signal)
  const said = await consultModel((question) => session.ask(question), ticket.request, scored, { autoApproveThreshold, now: now() })
  return said && { provider: session.provider, model: session.model, usage: session.usage(), spent: session.spent(), said }
}
