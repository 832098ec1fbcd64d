import type { LlmSpent, LlmTally } from '@torrentino/providers'

/** What tickets have cost, as Redis would have it for all processes. */
export function memoryTally(): LlmTally & { sums: Map<string, LlmSpent> } {
  const sums = new Map<string, LlmSpent>()
  return {
    sums,
    async add(ticketId, cost, known) {
      const before = sums.get(ticketId) ?? known
      const sum = { tokens: before.tokens + cost.tokens, ms: before.ms + cost.ms }
      sums.set(ticketId, sum)
      return sum
    },
  }
}
