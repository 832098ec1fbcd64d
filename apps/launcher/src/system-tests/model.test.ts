import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type LlmServer, startLlmServer } from '@torrentino/testkit'
import { startTestSystem, type TestSystem } from './support/test-system.js'

const KEY = 'sk-Sup3r-S3cret-Key'
const ANSWER = { reasoning: 'It is the one.', scores: [{ id: 'c1', score: 0.99, why: 'all fits' }], mapping: [], queries: [] }

let model: LlmServer
let it: TestSystem

beforeAll(async () => {
  model = await startLlmServer('openai', { apiKey: KEY })
  model.replies.push({ kind: 'status', status: 429, headers: { 'retry-after': '0' } }, { kind: 'text', text: JSON.stringify(ANSWER) })
  const env = {
    // Of names that are only alike the rules alone are never sure.
    MATCHER_AUTO_APPROVE_THRESHOLD: '1',
    MATCHER_TYPE: 'llm',
    MATCHER_LLM_PROVIDER: 'openai',
    MATCHER_LLM_MODEL: 'model-1',
    MATCHER_LLM_API_KEY: KEY,
    MATCHER_LLM_API_BASE: model.url,
    MATCHER_LLM_AUTO_APPROVE_THRESHOLD: '0.85',
  }
  const replicas = { 'download-worker': 0, 'convert-worker': 0, 'place-worker': 0, scheduler: 0 }
  it = await startTestSystem({ scenes: [{}], env, replicas })
})
afterAll(async () => {
  await it?.stop()
  await model?.close()
})

test('a model is asked by the real workers, and what it said and cost is in the audit, without its key', async () => {
  const [scene] = it.scenes
  if (!scene) throw new Error('no scene')
  const ticket = scene.ticket(it.folders.media)
  const id = await it.post({ ...ticket, tracks: ticket.tracks.map((track) => ({ ...track, name: `${track.name}s` })) })
  await it.until(id, ['auto_approved'])
  expect(model.calls.map(({ body }) => body.model)).toEqual(['model-1', 'model-1'])
  expect(model.calls[1]?.headers.authorization).toBe(`Bearer ${KEY}`)
  const rows = await it.sql.query<{ payload: Record<string, unknown> }>(
    `select payload from audit_events where event_type = 'MatchingCompleted' and ticket_id = '${id}'`,
  )
  expect(rows).toMatchObject([
    {
      payload: {
        matcher_type: 'llm',
        llm_provider: 'openai',
        llm_model: 'model-1',
        prompt_tokens: 120,
        completion_tokens: 30,
        reasoning: expect.stringContaining('The model: It is the one.'),
      },
    },
  ])
  expect((await it.store.tickets.find(id))?.work.llm?.tokens).toBe(150)
  const told = await it.sql.query(`select payload::text as text from audit_events union all select row_to_json(t)::text from tickets t`)
  expect(JSON.stringify(told)).not.toContain('S3cret')
})
