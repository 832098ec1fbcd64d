import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Bus, openBus } from '@torrentino/bus'
import { ModelAnswer } from '@torrentino/matching'
import { configuredLlm, openLlmSession } from '@torrentino/providers'
import { createHttpClient, loadConfig, retryForever } from '@torrentino/runtime'
import { createTestRedis, type LlmReply, type LlmServer, startLlmServer, type TestRedis } from '@torrentino/testkit'

const http = createHttpClient()
const { signal } = new AbortController()
const buses: Bus[] = []
let redis: TestRedis
let server: LlmServer

beforeAll(async () => {
  redis = await createTestRedis()
  server = await startLlmServer('ollama')
  server.replies.push({ kind: 'text', text: JSON.stringify({ reasoning: '', scores: [], mapping: [], queries: [] }) })
})
afterAll(async () => {
  http.close()
  await Promise.all(buses.map((bus) => bus.close()))
  await Promise.all([redis.drop(), server.close()])
})

/** What a worker process has. */
async function replica(prefix: string, env: Record<string, string> = {}) {
  const config = loadConfig({
    AUTH_METHOD: 'none',
    DATABASE_URL: 'postgres://db/x',
    REDIS_URL: redis.url,
    MEDIA_ROOTS: '/media',
    MATCHER_TYPE: 'llm',
    MATCHER_LLM_PROVIDER: 'ollama',
    MATCHER_LLM_MODEL: 'model-1',
    MATCHER_LLM_API_BASE: server.url,
    MATCHER_LLM_REQUESTS_PER_MINUTE: '3',
    MATCHER_LLM_MAX_SECS_PER_TICKET: '5',
    ...env,
  })
  const bus = openBus({ url: redis.url, prefix, onError: () => {} })
  buses.push(bus)
  await retryForever(() => bus.check(), { signal })
  const llm = configuredLlm(config, http, bus)
  if (!llm) throw new Error('no model')
  return llm
}

const question = {
  system: 'Look.',
  user: '{}',
  schema: ModelAnswer,
  schemaName: 'look',
  example: { reasoning: '', scores: [], mapping: [], queries: [] },
}

const newTicket = () => ({ id: randomUUID(), work: {} })

test('two replicas together keep the requests per minute; tickets without a place go on without the model', async () => {
  const replicas = [await replica('limit'), await replica('limit')]
  const answers = await Promise.all(
    [...replicas, ...replicas, ...replicas, ...replicas].map((llm) => openLlmSession(llm, newTicket(), signal).ask(question)),
  )
  expect(answers.filter((answer) => 'value' in answer)).toHaveLength(3)
  expect(answers.filter((answer) => 'error' in answer)).toHaveLength(5)
  for (const answer of answers) if ('error' in answer) expect(answer.error).toContain('no place under its requests per minute')
  expect(server.calls).toHaveLength(3)
})

test('a server that fails for one replica is left alone by the other', async () => {
  server.replies.unshift({ kind: 'status', status: 404, message: 'model "model-1" not found' })
  const [one, other] = [await replica('health'), await replica('health')]
  const before = server.calls.length
  expect(await openLlmSession(one, newTicket(), signal).ask(question)).toEqual({
    error: 'ollama: refuses the request (HTTP 404): model "model-1" not found',
  })
  expect(await openLlmSession(other, newTicket(), signal).ask(question)).toEqual({
    error: expect.stringContaining('left alone for another'),
  })
  expect(server.calls).toHaveLength(before + 1)
})

test('a ticket that goes from replica to replica has one budget, and begins with what it has written down', async () => {
  const env = { MATCHER_LLM_REQUESTS_PER_MINUTE: '1000', MATCHER_LLM_MAX_TOKENS_PER_TICKET: '12000' }
  const [one, other] = [await replica('budget', env), await replica('budget', env)]
  const uncounted: LlmReply = { kind: 'text', text: JSON.stringify(question.example), usage: false }
  server.replies.splice(0, Infinity, uncounted)
  const before = server.calls.length
  const usedUp = { error: 'ollama: the tokens for one ticket are used up' }
  const ticket = newTicket()
  const answers = []
  for (const llm of [one, other, one, other, one]) answers.push(await openLlmSession(llm, ticket, signal).ask(question))
  const asked = server.calls.slice(before)
  expect(asked.length).toBeGreaterThan(1)
  expect(answers).toEqual(answers.map((_, nr) => (nr < asked.length ? { value: question.example } : usedUp)))
  expect(answers.at(-1)).toEqual(usedUp)
  const most = asked.map(({ body }) => JSON.stringify(body.messages).length + (body.options as { num_predict: number }).num_predict)
  expect(most.reduce((sum, tokens) => sum + tokens, 0)).toBeLessThanOrEqual(12_000)
  const written = { ...newTicket(), work: { llm: { tokens: 11_900, ms: 0 } } }
  expect(await openLlmSession(other, written, signal).ask(question)).toEqual(usedUp)
  expect(await openLlmSession(other, newTicket(), signal).ask(question)).toEqual({ value: question.example })
})
