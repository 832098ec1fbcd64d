import type { LlmError, LlmOptions, LlmProvider, LlmRequest } from '@torrentino/providers'
import { COMPLETION_TOKENS, type LlmReply, PROMPT_TOKENS } from './replies.js'

export type FakeAnswer = LlmReply | ((request: LlmRequest) => unknown)

export interface FakeLlmProvider extends LlmProvider {
  requests: LlmRequest[]
  /** Taken one after the other; the last one stays. */
  replies: FakeAnswer[]
}

/** A model in the process. A function answers by what it reads, as a model would. */
export function fakeLlmProvider(...replies: FakeAnswer[]): FakeLlmProvider {
  const requests: LlmRequest[] = []
  return {
    name: 'fake',
    model: 'fake-1',
    answerTokens: 4000,
    requests,
    replies,
    async complete(request, options) {
      requests.push(request)
      options.signal.throwIfAborted()
      const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? { kind: 'text', text: '{}' }
      const said = typeof reply === 'function' ? { kind: 'text' as const, text: JSON.stringify(reply(request)) } : reply
      // Loaded by those who ask a model alone.
      const { LlmError: Fault } = await import('@torrentino/providers')
      return answerOf(said, options, Fault)
    },
  }
}

const usage = { promptTokens: PROMPT_TOKENS, completionTokens: COMPLETION_TOKENS }

type Fault = typeof LlmError

function answerOf(reply: LlmReply, { signal }: LlmOptions, Fault: Fault) {
  switch (reply.kind) {
    case 'text':
      if (reply.text.trim() === '') throw new Fault('blank', 'fake: the answer is blank', { usage })
      return { text: reply.text, usage: reply.usage === false ? undefined : usage }
    case 'refusal':
      throw new Fault('refused', 'fake: the model refuses to answer', { usage })
    case 'cut_short':
      throw new Fault('cut_short', 'fake: the answer did not fit into its limit', { usage })
    case 'status':
      throw errorOfStatus(reply, Fault)
    case 'silent':
    case 'dribble':
    case 'half':
      return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    case 'reset':
      throw new Fault('unreachable', 'fake: the connection was cut')
    case 'raw':
    case 'huge':
      throw new Fault('bad_answer', 'fake: the answer has not the shape of its API')
  }
}

function errorOfStatus({ status, headers }: Extract<LlmReply, { kind: 'status' }>, Fault: Fault): LlmError {
  const seconds = headers?.['retry-after']
  const details = { free: true, ...(seconds !== undefined && { retryAfterMs: Number(seconds) * 1000 }) }
  if (status === 429) return new Fault('rate_limited', 'fake: too many requests', details)
  if (status >= 500) return new Fault('overloaded', `fake: cannot answer now (HTTP ${status})`, details)
  if (status === 401 || status === 403) return new Fault('auth', `fake: refuses us (HTTP ${status})`, details)
  return new Fault('bad_request', `fake: refuses the request (HTTP ${status})`, details)
}
