import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '@torrentino/runtime'
import {
  COMPLETION_TOKENS,
  fakeLlmProvider,
  type LlmDialect,
  type LlmReply,
  type LlmServer,
  memoryTally,
  PROMPT_TOKENS,
  startLlmServer,
} from '@torrentino/testkit'
import { z } from 'zod'
import { LlmError, type LlmFault } from './llm-error.js'
import type { LlmProvider, LlmRequest } from './llm-provider.js'
import { openLlmSession } from './llm-session.js'
import { readAnswer } from './read-answer.js'
import { LLM_PROVIDERS } from './registry.js'

const KEY = 'sk-Sup3r-S3cret-Key'
const schema = z.object({
  reasoning: z.string().max(50),
  scores: z.array(z.object({ id: z.string(), score: z.number().min(0).max(1) })).max(3),
})
const good = { reasoning: 'So it is.', scores: [{ id: 'c1', score: 0.5 }] }
const question: LlmRequest<z.infer<typeof schema>> = {
  system: 'You compare.',
  user: 'Ünïcode {"title":"One"}',
  schema,
  schemaName: 'compare',
  example: good,
  maxTokens: 700,
}
const text: LlmReply = { kind: 'text', text: JSON.stringify(good) }

interface Subject {
  provider: LlmProvider
  reply(...replies: LlmReply[]): void
  server?: LlmServer
}

const http = createHttpClient()
const servers: LlmServer[] = []
afterAll(async () => {
  http.close()
  await Promise.all(servers.map((server) => server.close()))
})

async function overHttp(name: string): Promise<Subject> {
  const server = await startLlmServer(name as LlmDialect, { apiKey: KEY })
  servers.push(server)
  const provider = providerAt(name, server, KEY)
  return { provider, server, reply: (...replies) => void server.replies.splice(0, Infinity, ...replies) }
}

function providerAt(name: string, server: LlmServer, apiKey: string): LlmProvider {
  const create = LLM_PROVIDERS[name]
  if (create === undefined) throw new Error(`no provider ${name}`)
  return create({ model: 'model-1', apiKey, apiBase: server.url }, { http })
}

async function fake(): Promise<Subject> {
  const provider = fakeLlmProvider()
  return { provider, reply: (...replies) => void provider.replies.splice(0, Infinity, ...replies) }
}

const signal = new AbortController().signal
const faultOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered' as const,
    (error: unknown) => error,
  )

const SUBJECTS: [string, () => Promise<Subject>][] = [
  ...Object.keys(LLM_PROVIDERS).map((name): [string, () => Promise<Subject>] => [name, () => overHttp(name)]),
  ['fake', fake],
]

describe.each(SUBJECTS)('%s', (name, open) => {
  let subject: Subject
  beforeAll(async () => {
    subject = await open()
  })
  afterEach(() => subject.reply())
  const ask = (reply: LlmReply, request: LlmRequest = question) => {
    subject.reply(reply)
    return subject.provider.complete(request, { signal })
  }

  test('answers with text and what it cost', async () => {
    const { text: said, usage } = await ask(text)
    expect(readAnswer(said, schema)).toEqual({ value: good })
    expect(usage).toEqual({ promptTokens: PROMPT_TOKENS, completionTokens: COMPLETION_TOKENS })
  })

  test('answers where nobody counts', async () => {
    expect((await ask({ ...text, kind: 'text', text: '{}', usage: false })).usage).toBeUndefined()
  })

  test.each<[string, LlmReply, LlmFault]>([
    ['a cut answer', { kind: 'cut_short', text: '{"reasoning":"So' }, 'cut_short'],
    ['a blank answer', { kind: 'text', text: ' \n' }, 'blank'],
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '7' } }, 'rate_limited'],
    ['529', { kind: 'status', status: 529 }, 'overloaded'],
    ['500', { kind: 'status', status: 500 }, 'overloaded'],
    ['401', { kind: 'status', status: 401 }, 'auth'],
    ['400', { kind: 'status', status: 400 }, 'bad_request'],
    ['404, as for a model that was retired', { kind: 'status', status: 404 }, 'bad_request'],
    ['a redirect', { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'bad_request'],
    ['a cut connection', { kind: 'reset' }, 'unreachable'],
    ['a page instead of JSON', { kind: 'raw', body: '<html>Just a moment' }, 'bad_answer'],
    ['JSON of another shape', { kind: 'raw', body: '{"choices":[]}' }, 'bad_answer'],
    ['10 MB', { kind: 'huge', bytes: 10_000_000 }, 'bad_answer'],
  ])('%s', async (_, reply, fault) => {
    const error = await faultOf(ask(reply))
    expect(error).toBeInstanceOf(LlmError)
    expect(error).toMatchObject({ fault, retryAfterMs: fault === 'rate_limited' ? 7000 : undefined })
    expect((error as LlmError).message).toContain(`${name}: `)
  })

  test('a refusal is no answer', async () => {
    if (name === 'ollama') return expect(readAnswer((await ask({ kind: 'refusal' })).text, schema)).toEqual({ fault: 'it is not JSON' })
    expect(await faultOf(ask({ kind: 'refusal' }))).toMatchObject({ fault: 'refused' })
  })

  test.each<LlmReply['kind']>(['silent', 'dribble', 'half'])('%s: ends with the signal, and by its reason', async (kind) => {
    subject.reply({ kind } as LlmReply)
    const reason = new Error('enough')
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(reason), 60)
    expect(await faultOf(subject.provider.complete(question, { signal: stop.signal }))).toBe(reason)
    clearTimeout(timer)
  })
})

describe.each(Object.keys(LLM_PROVIDERS))('%s over HTTP', (name) => {
  test('an answer that repeats the key comes without it', async () => {
    const { provider, reply } = await overHttp(name)
    reply({ kind: 'text', text: JSON.stringify({ ...good, reasoning: `so says ${KEY}` }) })
    expect(readAnswer((await provider.complete(question, { signal })).text, schema)).toEqual({
      value: { ...good, reasoning: 'so says ***' },
    })
  })

  test('asks for the model, with the key, the limit and an example in JSON', async () => {
    const { provider, reply, server } = await overHttp(name)
    reply(text)
    await provider.complete(question, { signal })
    const { headers, body } = server?.calls.at(-1) ?? { headers: {}, body: {} }
    expect(Object.values(headers).join()).toContain(KEY)
    expect(JSON.stringify(body)).toMatch(/700/)
    expect(body).toMatchObject({ model: 'model-1' })
    expect(JSON.stringify(body)).toContain(JSON.stringify(JSON.stringify(good)).slice(1, -1))
    expect(JSON.stringify(body)).toMatch(/json/i)
  })

  test.each(['/', '/v1', '/v1/'])('its address may end in %s', async (end) => {
    if (name === 'ollama' && end !== '/') return
    const { server } = await overHttp(name)
    if (server === undefined) throw new Error('no server')
    server.replies.push(text)
    const provider = providerAt(name, { ...server, url: server.url + end }, KEY)
    expect((await provider.complete(question, { signal })).text).toBe(JSON.stringify(good))
  })

  test('the key is nowhere in what it says, also where the server quotes it', async () => {
    const { server } = await overHttp(name)
    if (server === undefined) throw new Error('no server')
    for (const [key, reply] of [
      ['another-Sup3r-S3cret', text],
      [KEY, { kind: 'status', status: 400, message: `model not found (key ${KEY}, Bearer ${KEY})\u0007` }],
      [KEY, { kind: 'status', status: 429, message: KEY }],
      [KEY, { kind: 'raw', body: KEY }],
      [KEY, { kind: 'reset' }],
    ] as [string, LlmReply][]) {
      server.replies.splice(0, Infinity, reply)
      const error = await faultOf(providerAt(name, server, key).complete(question, { signal }))
      if (error === 'answered') continue // Ollama wants no key.
      expect(error).toBeInstanceOf(LlmError)
      expect(JSON.stringify([(error as Error).message, (error as Error).stack, { ...(error as Error) }])).not.toContain('S3cret')
    }
  })

  test('says what the server says of a request it refuses', async () => {
    const { provider, reply } = await overHttp(name)
    reply({ kind: 'status', status: 404, message: 'model "model-1" not found' })
    expect(await faultOf(provider.complete(question, { signal }))).toMatchObject({
      message: expect.stringContaining('(HTTP 404): model "model-1" not found'),
    })
  })
})

test.each(Object.keys(LLM_PROVIDERS))('%s: a ticket does not wait for an answer that dribbles', async (name) => {
  const { provider, reply } = await overHttp(name)
  reply({ kind: 'dribble' })
  const llm = {
    provider,
    limits: { timeoutSecs: 5, maxTokensPerTicket: 50_000, maxSecsPerTicket: 0.1 },
    gate: { enter: async () => ({ end: async () => {} }) },
    health: { look: async () => ({ began: 0, pausedMs: 0 }), note: async () => {} },
    tally: memoryTally(),
  }
  expect(await openLlmSession(llm, { id: 't1', work: {} }, signal).ask(question)).toEqual({
    error: `${name}: no answer within the time for one ticket`,
  })
})

test.each(Object.keys(LLM_PROVIDERS))(
  '%s: only a server that loads its model has the time of the ticket for the first answer',
  async (name) => {
    const { provider, reply } = await overHttp(name)
    const llm = {
      provider,
      limits: { timeoutSecs: 0.2, maxTokensPerTicket: 50_000, maxSecsPerTicket: 1 },
      gate: { enter: async () => ({ end: async () => {} }) },
      health: { look: async () => ({ began: 0, pausedMs: 0 }), note: async () => {} },
      tally: memoryTally(),
    }
    const ask = (id: string) => openLlmSession(llm, { id, work: {} }, signal).ask(question)
    reply({ kind: 'silent' })
    const late = name === 'ollama' ? 'no answer within the time for one ticket' : 'no answer within 0.2 s'
    expect(await ask('t1')).toEqual({ error: `${name}: ${late}` })
  },
)

const usage = { prompt_tokens: 70, completion_tokens: 9 }
const counted = { promptTokens: 70, completionTokens: 9 }
const [half, rest] = [JSON.stringify(good).slice(0, 20), JSON.stringify(good).slice(20)]
const messageOf = (content: object[], stop_reason: string) => ({ content, stop_reason, usage: { input_tokens: 70, output_tokens: 9 } })
const choiceOf = (message: object, finish_reason: string) => ({ choices: [{ message, finish_reason }], usage })
const words = (said: string) => ({ type: 'text', text: said })
const THINKING = [
  { type: 'thinking', thinking: '{"scores": "are not these"}', signature: 'sig' },
  { type: 'redacted_thinking', data: 'c2VjcmV0' },
]

describe('answers as only some give them', () => {
  test.each<[string, string, object, object]>([
    ['anthropic', 'thinking before the text is no part of it', messageOf([...THINKING, words(half + rest)], 'end_turn'), counted],
    ['anthropic', 'texts in several blocks are one', messageOf([words(half), ...THINKING, words(rest)], 'end_turn'), counted],
    ['anthropic', 'a stop sequence is an end like any other', messageOf([words(half + rest)], 'stop_sequence'), counted],
    ['deepseek', 'thinking beside the text', choiceOf({ content: half + rest, reasoning_content: '{"n": 1}' }, 'stop'), counted],
    ['openai', 'an empty refusal is none', choiceOf({ content: half + rest, refusal: '' }, 'stop'), counted],
    [
      'ollama',
      'a prompt that lay in its cache',
      { message: { content: half + rest }, done_reason: 'stop', eval_count: 9 },
      { promptTokens: 0, completionTokens: 9 },
    ],
    [
      'ollama',
      'thinking beside the text',
      { message: { content: half + rest, thinking: '{"n": 1}' }, prompt_eval_count: 70, eval_count: 9 },
      counted,
    ],
  ])('%s: %s', async (name, _what, body, cost) => {
    const { provider, reply } = await overHttp(name)
    reply({ kind: 'raw', body: JSON.stringify(body) })
    const answer = await provider.complete(question, { signal })
    expect([readAnswer(answer.text, schema), answer.usage]).toEqual([{ value: good }, cost])
  })

  test.each<[string, string, object, LlmFault]>([
    ['anthropic', 'a context that is full', messageOf([words(half)], 'model_context_window_exceeded'), 'cut_short'],
    ['anthropic', 'a refusal in the midst of it', messageOf([words(half)], 'refusal'), 'refused'],
    ['anthropic', 'thinking alone', messageOf(THINKING, 'end_turn'), 'blank'],
    ['openai', 'a filter that cut the text', choiceOf({ content: half }, 'content_filter'), 'refused'],
    ['openai', 'a filter that left nothing', choiceOf({ content: null }, 'content_filter'), 'refused'],
    ['openai', 'a refusal beside a text', choiceOf({ content: half + rest, refusal: 'I cannot.' }, 'stop'), 'refused'],
    ['openai_compatible', 'a filter that cut the text', choiceOf({ content: half }, 'content_filter'), 'refused'],
  ])('%s: %s is no answer, and is counted', async (name, _what, body, fault) => {
    const { provider, reply } = await overHttp(name)
    reply({ kind: 'raw', body: JSON.stringify(body) })
    expect(await faultOf(provider.complete(question, { signal }))).toMatchObject({ fault, usage: counted })
  })
})

test('a server that takes no schema is asked without one, from then on at once', async () => {
  const { provider, reply, server } = await overHttp('openai_compatible')
  reply(text)
  await provider.complete(question, { signal })
  await provider.complete(question, { signal })
  expect(server?.calls.map(({ body }) => 'response_format' in body)).toEqual([true, false, false])
})

test('Ollama keeps one size of context for prompts of similar length', async () => {
  const { provider, reply, server } = await overHttp('ollama')
  reply(text)
  for (const length of [10, 1000, 2000]) await provider.complete({ ...question, user: 'ö'.repeat(length) }, { signal })
  await provider.complete({ ...question, user: 'ö'.repeat(5000) }, { signal })
  const sizes = server?.calls.map(({ body }) => (body.options as { num_ctx: number }).num_ctx)
  expect(sizes).toEqual([8192, 8192, 8192, 16_384])
})
