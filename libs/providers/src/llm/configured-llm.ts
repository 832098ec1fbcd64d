import type { Config, HttpClient } from '@torrentino/runtime'
import { createLlmHealth, type SharedLadders } from './llm-health.js'
import type { Llm, LlmGate } from './llm-session.js'
import { LLM_PROVIDERS } from './registry.js'
import type { LlmSpent } from './ticket-budget.js'

/** What all processes know together (the bus has it): places per minute, and how a server has fared. */
export interface LlmShared {
  limits: {
    waitFor(name: string, wanted: { places: number; leaseMs: number; maxWaitMs: number; signal: AbortSignal }): ReturnType<LlmGate['enter']>
  }
  ladders: SharedLadders
  tallies: { add(name: string, by: LlmSpent, known: LlmSpent, ttlMs: number): Promise<LlmSpent> }
}

/** By then the steps of a ticket have written down what it has cost. */
const COUNTED_MS = 24 * 3_600_000

/** The model of the configuration; undefined where the fixed rules work alone. */
export function configuredLlm(
  { matcher }: Pick<Config, 'matcher'>,
  http: HttpClient,
  { limits, ladders, tallies }: LlmShared,
): Llm | undefined {
  const { provider, model, api_key, api_base, timeout_secs, max_tokens_per_ticket, max_secs_per_ticket, requests_per_minute } = matcher.llm
  const create = LLM_PROVIDERS[provider]
  if (matcher.type !== 'llm' || create === undefined) return undefined
  const shared = { places: requests_per_minute, leaseMs: max_secs_per_ticket * 1000 }
  return {
    provider: create({ model, apiKey: api_key?.reveal(), apiBase: api_base?.reveal() }, { http }),
    limits: { timeoutSecs: timeout_secs, maxTokensPerTicket: max_tokens_per_ticket, maxSecsPerTicket: max_secs_per_ticket },
    health: createLlmHealth(ladders, `llm:${provider}`),
    tally: { add: (ticketId, cost, known) => tallies.add(`llm:${ticketId}`, cost, known, COUNTED_MS) },
    gate: { enter: (options) => limits.waitFor(`llm:${provider}`, { ...shared, ...options }) },
  }
}
