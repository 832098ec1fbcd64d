import { expect, test } from '@jest/globals'
import type { Llm } from '@torrentino/providers'
import { COMPLETION_TOKENS, type FakeAnswer, fakeLlmProvider, memoryTally, PROMPT_TOKENS, sampleTicket } from '@torrentino/testkit'
import { createModelQueries } from './model-queries.js'

const { signal } = new AbortController()
const tried = [{ strategy: 'artist_album', text: 'The Example Band First Steps' }]
const says = (...queries: string[]): FakeAnswer => ({
  kind: 'text',
  text: JSON.stringify({ reasoning: '', scores: [], mapping: [], queries }),
})

function open(...replies: FakeAnswer[]) {
  const provider = fakeLlmProvider(...replies)
  const llm: Llm = {
    provider,
    limits: { timeoutSecs: 10, maxTokensPerTicket: 50_000, maxSecsPerTicket: 10 },
    gate: { enter: async () => ({ end: async () => {} }) },
    health: { look: async () => ({ began: 0, pausedMs: 0 }), note: async () => {} },
    tally: memoryTally(),
  }
  const warnings: unknown[] = []
  return { provider, warnings, more: createModelQueries(llm, { warn: (...line) => void warnings.push(line) }) }
}

test('a model adds queries; what they cost is added to what the ticket has cost', async () => {
  const { more } = open(says('The Example Band debut', 'the example band first STEPS'))
  const ticket = sampleTicket({ state: 'searching', work: { llm: { tokens: 10, ms: 3 } } })
  expect(await more(ticket, tried, signal)).toMatchObject({
    queries: [{ strategy: 'llm', text: 'The Example Band debut' }],
    spent: { tokens: 10 + PROMPT_TOKENS + COMPLETION_TOKENS, ms: expect.any(Number) },
  })
})

test('a search that comes back is not asked about again, another one is', async () => {
  const { more, provider } = open(says('One'))
  const ticket = sampleTicket({ state: 'searching' })
  expect(await more(ticket, tried, signal)).toBe(await more(ticket, tried, signal))
  expect(provider.requests).toHaveLength(1)
  await more({ ...ticket, version: ticket.version + 1 }, tried, signal)
  expect(provider.requests).toHaveLength(2)
})

test('a model that fails adds nothing, and that is told', async () => {
  const { more, warnings } = open({ kind: 'status', status: 401 })
  expect(await more(sampleTicket({ state: 'searching' }), tried, signal)).toMatchObject({ queries: [] })
  expect(warnings).toEqual([['no further queries', expect.objectContaining({ llm_error: expect.stringContaining('refuses us') })]])
})
