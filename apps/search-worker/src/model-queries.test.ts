import { expect, test } from '@jest/globals'
import { AUDIT_PAYLOADS } from '@torrentino/domain'
import type { Llm } from '@torrentino/providers'
import { COMPLETION_TOKENS, type FakeAnswer, fakeLlmProvider, memoryTally, PROMPT_TOKENS, sampleTicket } from '@torrentino/testkit'
import { createModelQueries, type ModelQueriesDeps } from './model-queries.js'

const { signal } = new AbortController()
const tried = [{ strategy: 'artist_album', text: 'The Example Band First Steps' }]
const says = (...queries: string[]): FakeAnswer => ({
  kind: 'text',
  text: JSON.stringify({ reasoning: '', scores: [], mapping: [], queries }),
})

const MEMORY = () => {
  const kept = new Map<string, Buffer>()
  return { kept, get: async (key: string) => kept.get(key) ?? null, put: async (key: string, value: Buffer) => void kept.set(key, value) }
}

function open(replies: FakeAnswer[], memory: ModelQueriesDeps['memory'] = MEMORY()) {
  const provider = fakeLlmProvider(...replies)
  const llm: Llm = {
    provider,
    limits: { timeoutSecs: 60, maxTokensPerTicket: 50_000, maxSecsPerTicket: 60 },
    gate: { enter: async () => ({ end: async () => {} }) },
    health: { look: async () => ({ began: 0, pausedMs: 0 }), note: async () => {} },
    tally: memoryTally(),
  }
  const warnings: unknown[] = []
  return { provider, warnings, more: createModelQueries({ llm, log: { warn: (...line) => void warnings.push(line) }, memory }) }
}

test('a model adds queries; what they cost is added to what the ticket has cost, and told to the audit', async () => {
  const { more } = open([says('The Example Band debut', 'the example band first STEPS')])
  const ticket = sampleTicket({ state: 'searching', work: { llm: { tokens: 10, ms: 3 } } })
  const further = await more(ticket, tried, signal)
  expect(further).toMatchObject({
    queries: [{ strategy: 'llm', text: 'The Example Band debut' }],
    spent: { tokens: 10 + PROMPT_TOKENS + COMPLETION_TOKENS, ms: expect.any(Number) },
  })
  expect(AUDIT_PAYLOADS.SearchExecuted.strict().parse(further.executed)).toEqual({
    searcher_name: 'llm',
    strategy: 'llm',
    query: 'The Example Band First Steps',
    results_count: 1,
    duration_ms: expect.any(Number),
    llm_provider: 'fake',
    llm_model: 'fake-1',
    prompt_tokens: PROMPT_TOKENS,
    completion_tokens: COMPLETION_TOKENS,
  })
})

test('a search that comes back is not asked about again, in no replica; another one is', async () => {
  const memory = MEMORY()
  const [one, other] = [open([says('One')], memory), open([says('Another')], memory)]
  const ticket = sampleTicket({ state: 'searching' })
  const first = await one.more(ticket, tried, signal)
  expect(await other.more(ticket, tried, signal)).toEqual({ ...first, executed: { ...first.executed, cached: true } })
  expect([one.provider.requests.length, other.provider.requests.length]).toEqual([1, 0])
  expect(await other.more({ ...ticket, version: ticket.version + 1 }, tried, signal)).toMatchObject({ queries: [{ text: 'Another' }] })
})

test.each<[string, ModelQueriesDeps['memory']]>([
  ['is away', { get: () => Promise.reject(new Error('away')), put: () => Promise.reject(new Error('away')) }],
  ['holds the words of another version', { get: async () => Buffer.from('{"queries":["x"]}'), put: async () => {} }],
])('where the memory %s the model is asked', async (_what, memory) => {
  const { more } = open([says('One')], memory)
  expect(await more(sampleTicket({ state: 'searching' }), tried, signal)).toMatchObject({ queries: [{ text: 'One' }] })
})

test('a model that fails adds nothing, and that is told', async () => {
  const { more, warnings } = open([{ kind: 'status', status: 401 }])
  expect(await more(sampleTicket({ state: 'searching' }), tried, signal)).toMatchObject({
    queries: [],
    executed: { results_count: 0, llm_provider: 'fake', prompt_tokens: 0, error: expect.stringContaining('refuses us') },
  })
  expect(warnings).toEqual([['no further queries', expect.objectContaining({ llm_error: expect.stringContaining('refuses us') })]])
})
