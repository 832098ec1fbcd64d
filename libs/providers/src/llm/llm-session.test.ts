import { describe, expect, test } from '@jest/globals'
import { COMPLETION_TOKENS, type FakeAnswer, fakeLlmProvider, type LlmReply, memoryTally, PROMPT_TOKENS } from '@torrentino/testkit'
import fc from 'fast-check'
import { z } from 'zod'
import type { LlmHealth } from './llm-health.js'
import { type Llm, type LlmGate, openLlmSession } from './llm-session.js'
import type { LlmSpent, LlmTally } from './ticket-budget.js'
import { largestPrompt } from './token-bound.js'

const schema = z.object({ n: z.number() })
const question = { system: 'Count.', user: 'One.', schema, schemaName: 'count', example: { n: 1 } }
const ONE_CALL = PROMPT_TOKENS + COMPLETION_TOKENS
const MOST = largestPrompt({ ...question, maxTokens: 0 })
const good: LlmReply = { kind: 'text', text: '{"n": 7}' }
const bad: LlmReply = { kind: 'text', text: '{"n": "seven"}' }
const busy = (seconds: string): LlmReply => ({ kind: 'status', status: 429, headers: { 'retry-after': seconds } })

const place = { end: async () => {} }

interface Setting {
  replies: FakeAnswer[]
  limits?: Partial<Llm['limits']>
  before?: LlmSpent
  enter?: LlmGate['enter']
  signal?: AbortSignal
  slowStart?: boolean
  pausedMs?: number
  tally?: LlmTally
}

function open({
  replies,
  limits,
  before,
  enter = async () => place,
  signal = new AbortController().signal,
  slowStart = false,
  pausedMs = 0,
  tally = memoryTally(),
}: Setting) {
  const provider = Object.assign(fakeLlmProvider(...replies), { slowStart })
  const all = { timeoutSecs: 10, maxTokensPerTicket: 50_000, maxSecsPerTicket: 10, ...limits }
  const noted: (string | undefined)[] = []
  const health: LlmHealth = {
    look: async () => ({ began: 7, pausedMs }),
    note: async (began, error) => void noted.push(began === 7 ? error?.fault : 'another'),
  }
  const llm = { provider, limits: all, gate: { enter }, health, tally }
  return { provider, noted, session: openLlmSession(llm, { id: 'ticket', work: { llm: before } }, signal) }
}

describe('an answer', () => {
  test('comes checked, and is counted with what was spent before', async () => {
    const { session } = open({ replies: [good], before: { tokens: 100, ms: 50 } })
    expect(await session.ask(question)).toEqual({ value: { n: 7 } })
    expect(session.usage()).toEqual({ promptTokens: PROMPT_TOKENS, completionTokens: COMPLETION_TOKENS })
    expect(session.spent().tokens).toBe(100 + ONE_CALL)
    expect(session.spent().ms).toBeGreaterThanOrEqual(50)
  })

  test('that does not fit is told to the model, once', async () => {
    const { session, provider } = open({ replies: [bad, good] })
    expect(await session.ask(question)).toEqual({ value: { n: 7 } })
    expect(provider.requests[1]?.user).toMatch(/^One\.\n\nYour last answer could not be used: n: .*number/)
    expect(session.spent().tokens).toBe(2 * ONE_CALL)
  })

  test('that does not fit twice is none', async () => {
    const { session, provider } = open({ replies: [bad] })
    expect(await session.ask(question)).toEqual({ error: expect.stringContaining('twice: n: ') })
    expect(provider.requests).toHaveLength(2)
  })

  test.each<[string, LlmReply]>([
    ['an overloaded server', { kind: 'status', status: 529 }],
    ['too many requests', busy('0')],
    ['a blank answer', { kind: 'text', text: '' }],
    ['a cut connection', { kind: 'reset' }],
  ])('%s: it is asked again', async (_, reply) => {
    expect(await open({ replies: [reply, good] }).session.ask(question)).toEqual({ value: { n: 7 } })
  })

  test.each<[string, LlmReply]>([
    ['a wrong key', { kind: 'status', status: 401 }],
    ['a refusal', { kind: 'refusal' }],
    ['a cut answer', { kind: 'cut_short', text: '{"n"' }],
    ['an unknown model', { kind: 'status', status: 404 }],
    ['an answer of no known shape', { kind: 'raw', body: 'x' }],
  ])('%s: it is not asked again', async (_, reply) => {
    const { session, provider } = open({ replies: [reply] })
    expect(await session.ask(question)).toEqual({ error: expect.stringContaining('fake: ') })
    expect(provider.requests).toHaveLength(1)
  })
})

describe('time', () => {
  test.each<LlmReply['kind']>(['silent', 'dribble'])('%s: the ticket goes on without the model', async (kind) => {
    const { session, provider } = open({ replies: [{ kind } as LlmReply], limits: { maxSecsPerTicket: 0.1 } })
    expect(await session.ask(question)).toEqual({ error: 'fake: no answer within the time for one ticket' })
    expect(await session.ask(question)).toEqual({ error: 'fake: no answer within the time for one ticket' })
    expect(provider.requests).toHaveLength(1)
  })

  test('holds also where the provider or the shared limit does not listen', async () => {
    const deaf = () => new Promise<never>(() => {})
    const late = { error: 'fake: no answer within the time for one ticket' }
    const { session, provider } = open({ replies: [good], limits: { maxSecsPerTicket: 0.05 } })
    provider.complete = deaf
    expect(await session.ask(question)).toEqual(late)
    expect(await open({ replies: [good], limits: { maxSecsPerTicket: 0.05 }, enter: deaf }).session.ask(question)).toEqual(late)
  })

  test('one answer has its own limit, but the first of a server that loads its model', async () => {
    const limits = { timeoutSecs: 0.05, maxSecsPerTicket: 0.3 }
    const silent: LlmReply = { kind: 'silent' }
    expect(await open({ replies: [silent], limits }).session.ask(question)).toEqual({ error: 'fake: no answer within 0.05 s' })
    const slow = open({ replies: [silent], limits, slowStart: true })
    expect(await slow.session.ask(question)).toEqual({ error: 'fake: no answer within the time for one ticket' })
    const warm = open({ replies: [good, silent], limits, slowStart: true })
    await warm.session.ask(question)
    expect(await warm.session.ask(question)).toEqual({ error: 'fake: no answer within 0.05 s' })
  })

  test('a server that wants to be left alone for longer is left alone', async () => {
    const { session, provider } = open({ replies: [busy('60')] })
    expect(await session.ask(question)).toEqual({ error: 'fake: too many requests' })
    expect(provider.requests).toHaveLength(1)
  })

  test('a place under the shared limit is waited for, but not longer than there is time', async () => {
    const asked: number[] = []
    let ended = 0
    const end = async () => void ended++
    const enter: LlmGate['enter'] = async ({ maxWaitMs }) => {
      asked.push(maxWaitMs)
      return { end }
    }
    const { session } = open({ replies: [bad, { kind: 'status', status: 500 }, good], enter, before: { tokens: 0, ms: 4000 } })
    expect(await session.ask(question)).toEqual({ value: { n: 7 } })
    expect(ended).toBe(3)
    for (const maxWaitMs of asked) expect(maxWaitMs).toBeLessThanOrEqual(6000)
    const none = open({ replies: [good], enter: async () => ({ waitMs: 60_000 }) })
    expect(await none.session.ask(question)).toEqual({ error: 'fake: no place under its requests per minute in time' })
    expect(none.provider.requests).toEqual([])
  })

  test('a limit that cannot be asked is no fault of the ticket', async () => {
    const { session } = open({ replies: [good], enter: () => Promise.reject(new Error('connection lost')) })
    expect(await session.ask(question)).toEqual({ error: 'fake: its requests per minute cannot be counted now' })
  })

  test('nor is a fault of ours', async () => {
    const { session, provider } = open({ replies: [good] })
    provider.complete = () => Promise.reject(new TypeError('x is not a function'))
    expect(await session.ask(question)).toEqual({ error: 'fake: TypeError: x is not a function' })
  })

  test('the end of the turn is thrown', async () => {
    const stop = new AbortController()
    const { session } = open({ replies: [{ kind: 'silent' }], signal: stop.signal })
    const reason = new Error('cancelled')
    const asked = session.ask(question)
    stop.abort(reason)
    await expect(asked).rejects.toBe(reason)
  })
})

describe('how the server fares', () => {
  test.each<[string, FakeAnswer[], string | undefined]>([
    ['an answer', [good], undefined],
    ['one after a pause', [busy('0'), good], undefined],
    ['a wrong key', [{ kind: 'status', status: 401 }], 'auth'],
    ['a server that stays busy', [busy('0')], 'rate_limited'],
    ['garbage', [bad], 'unusable'],
  ])('%s is noted once', async (_, replies, fault) => {
    const { session, noted } = open({ replies })
    await session.ask(question)
    expect(noted).toEqual([fault])
  })

  test('a time-out counts where there was time for an answer', async () => {
    const silent: LlmReply = { kind: 'silent' }
    const slow = open({ replies: [silent], limits: { timeoutSecs: 0.05, maxSecsPerTicket: 1 } })
    await slow.session.ask(question)
    expect(slow.noted).toEqual(['timeout'])
    const late = open({ replies: [silent], limits: { timeoutSecs: 5, maxSecsPerTicket: 0.05 } })
    await late.session.ask(question)
    expect(late.noted).toEqual([])
  })

  test('one that is left alone is not asked', async () => {
    const { session, provider, noted } = open({ replies: [good], pausedMs: 29_500 })
    expect(await session.ask(question)).toEqual({ error: 'fake: has failed and is left alone for another 30 s' })
    expect([provider.requests, noted]).toEqual([[], []])
  })
})

describe('tokens', () => {
  test('no question is asked that might cost more than is left', async () => {
    const { session, provider } = open({ replies: [good], limits: { maxTokensPerTicket: MOST + 499 } })
    expect(await session.ask(question)).toEqual({ error: 'fake: the tokens for one ticket are used up' })
    expect(provider.requests).toEqual([])
  })

  test('an answer that nobody counted costs all that was allowed; one that was turned away costs nothing', async () => {
    const uncounted = open({
      replies: [{ ...good, kind: 'text', text: '{"n":1}', usage: false }],
      limits: { maxTokensPerTicket: MOST + 800 },
    })
    await uncounted.session.ask(question)
    expect(uncounted.session.spent().tokens).toBe(MOST + 800)
    const away = open({ replies: [{ kind: 'status', status: 401 }] })
    await away.session.ask(question)
    expect(away.session.spent().tokens).toBe(0)
  })

  test('are counted for all runs together, whatever each of them knows', async () => {
    const tally = memoryTally()
    const limits = { maxTokensPerTicket: MOST + 600 + ONE_CALL }
    const run = () => open({ replies: [good], limits, tally })
    const [first, second, third] = [run(), run(), run()]
    expect(await first.session.ask(question)).toEqual({ value: { n: 7 } })
    expect(await second.session.ask(question)).toEqual({ value: { n: 7 } })
    expect([first.session.spent().tokens, second.session.spent().tokens]).toEqual([ONE_CALL, 2 * ONE_CALL])
    expect(await third.session.ask(question)).toEqual({ error: 'fake: the tokens for one ticket are used up' })
    expect(third.provider.requests).toEqual([])
  })

  test('a run that is killed over a question has cost the most that it could; one at the same time has what is left', async () => {
    const tally = memoryTally()
    const limits = { maxTokensPerTicket: 2 * MOST + 4000 + 600 }
    const killed = open({ replies: [{ kind: 'silent' }], limits, tally })
    void killed.session.ask(question)
    const asked = () => killed.provider.requests.length
    while (asked() === 0) await new Promise(setImmediate)
    expect(tally.sums.get('ticket')).toEqual({ tokens: MOST + 4000, ms: 5000 })
    const again = open({ replies: [good, { kind: 'cut_short', text: '' }], limits, tally })
    expect(await again.session.ask(question)).toEqual({ value: { n: 7 } })
    expect(again.provider.requests[0]?.maxTokens).toBe(600)
    expect(again.session.spent()).toEqual({ tokens: MOST + 4000 + ONE_CALL, ms: expect.any(Number) })
    expect(again.session.spent().ms).toBeGreaterThanOrEqual(5000)
  })

  test('and time, which ends for a repeated run where it ended for the one before', async () => {
    const tally = memoryTally()
    const limits = { maxSecsPerTicket: 0.1 }
    await open({ replies: [{ kind: 'silent' }], limits, tally }).session.ask(question)
    const { session, provider } = open({ replies: [good], limits, tally })
    expect(await session.ask(question)).toEqual({ error: 'fake: no answer within the time for one ticket' })
    expect(provider.requests).toEqual([])
  })

  test('are known to the ticket itself where the count was lost, also under way', async () => {
    const tally = memoryTally()
    const before = { tokens: 1000, ms: 70 }
    const forgetful: FakeAnswer = () => {
      tally.sums.clear()
      return { n: 7 }
    }
    const { session } = open({ replies: [forgetful], before, tally })
    expect(await session.ask(question)).toEqual({ value: { n: 7 } })
    expect(session.spent().tokens).toBe(1000 + ONE_CALL)
    expect(tally.sums.get('ticket')?.tokens).toBe(1000 + ONE_CALL)
    expect(tally.sums.get('ticket')?.ms).toBe(session.spent().ms)
  })

  test('nobody is asked while they cannot be counted', async () => {
    const { session, provider } = open({ replies: [good], tally: { add: () => Promise.reject(new Error('connection lost')) } })
    expect(await session.ask(question)).toEqual({ error: 'fake: what the ticket has cost cannot be counted now' })
    expect(provider.requests).toEqual([])
  })

  test('whatever a model does, its limits as told to the server keep within the budget', async () => {
    const reply = fc.constantFrom<LlmReply>(good, bad, { kind: 'cut_short', text: '' }, { kind: 'raw', body: '' }, { kind: 'refusal' })
    const budget = fc.integer({ min: 0, max: 20_000 })
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 6 }), budget, budget, async (replies, maxTokensPerTicket, tokens) => {
        const { session, provider } = open({ replies, limits: { maxTokensPerTicket }, before: { tokens, ms: 0 } })
        for (let asked = 0; asked < 4; asked++) await session.ask(question)
        const { promptTokens, completionTokens } = session.usage()
        expect(tokens + promptTokens + completionTokens).toBeLessThanOrEqual(Math.max(tokens, maxTokensPerTicket))
        for (const request of provider.requests) expect(largestPrompt(request) + request.maxTokens).toBeLessThanOrEqual(maxTokensPerTicket)
      }),
      { numRuns: 50 },
    )
  })
})
