import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Bus, openBus } from '@torrentino/bus'
import { ModelAnswer } from '@torrentino/matching'
import { configuredLlm, openLlmSession } from '@torrentino/providers'
import { createHttpClient, loadConfig, retryForever } from '@torrentino/runtime'
import { createTestRedis, type LlmServer, startLlmServer, type TestRedis } from '@torrentino/testkit'

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
async function replica(prefix: string) {
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

test('two replicas together keep the requests per minute; tickets without a place go on without the model', async () => {
  const replicas = [await replica('limit'), await replica('limit')]
  const answers = await Promise.all(
    [...replicas, ...replicas, ...replicas, ...replicas].map((llm) => openLlmSession(llm, undefined, signal).ask(question)),
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
  expect(await openLlmSession(one, undefined, signal).ask(question)).toEqual({
    error: 'ollama: refuses the request (HTTP 404): model "model-1" not found',
  })
  expect(await openLlmSession(other, undefined, signal).ask(question)).toEqual({ error: expect.stringContaining('left alone for another') })
  expect(server.calls).toHaveLength(before + 1)
})
