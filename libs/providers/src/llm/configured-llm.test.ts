import { afterAll, expect, test } from '@jest/globals'
import { createHttpClient, loadConfig } from '@torrentino/runtime'
import { configuredLlm } from './configured-llm.js'
import { LLM_PROVIDERS } from './registry.js'
import type { LlmSpent } from './ticket-budget.js'

const BASE = { AUTH_METHOD: 'none', DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://cache', MEDIA_ROOTS: '/media' }
const http = createHttpClient()
afterAll(() => http.close())

const asked: unknown[] = []
const limits = {
  async waitFor(name: string, options: object) {
    asked.push({ name, ...options })
    return { waitMs: 1 }
  },
}
const ladders = { look: async () => ({ now: 0, pausedUntil: null }), climb: async () => {}, stepDown: async () => {} }
const tallies = { add: async (_name: string, by: LlmSpent) => by }
const of = (env: Record<string, string>) => configuredLlm(loadConfig({ ...BASE, ...env }), http, { limits, ladders, tallies })
const settings = (provider: string) => ({
  MATCHER_LLM_PROVIDER: provider,
  MATCHER_LLM_MODEL: 'model-1',
  MATCHER_LLM_API_KEY: 'a-key',
  MATCHER_LLM_API_BASE: 'http://127.0.0.1:1',
})

test.each(Object.keys(LLM_PROVIDERS))('%s can be set up', (name) => {
  expect(of({ ...settings(name), MATCHER_TYPE: 'llm' })?.provider).toMatchObject({ name, model: 'model-1' })
})

test('a model that is set up is not asked by the fixed rules', () => {
  expect(of(settings('openai'))).toBeUndefined()
  expect(of({})).toBeUndefined()
})

test('its requests are counted for all processes, by provider', async () => {
  const llm = of({
    ...settings('openai'),
    MATCHER_TYPE: 'llm',
    MATCHER_LLM_REQUESTS_PER_MINUTE: '7',
    MATCHER_LLM_MAX_SECS_PER_TICKET: '90',
  })
  const { signal } = new AbortController()
  expect(await llm?.gate.enter({ maxWaitMs: 5, signal })).toEqual({ waitMs: 1 })
  expect(asked).toEqual([{ name: 'llm:openai', places: 7, leaseMs: 90_000, maxWaitMs: 5, signal }])
})
