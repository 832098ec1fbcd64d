import { LlmError, type LlmOptions, type LlmProvider, type LlmRequest } from '@torrentino/providers'
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
      return answerOf(said, options)
    },
  }
}

const usage = { promptTokens: PROMPT_TOKENS, completionTokens: COMPLETION_TOKENS }

function answerOf(reply: LlmReply, { signal }: LlmOptions) {
  switch (reply.kind) {
    case 'text':
      if (reply.text.trim() === '') throw new LlmError('blank', 'fake: the answer is blank', { usage })
      return { text: reply.text, usage: reply.usage === false ? undefined : usage }
    case 'refusal':
      throw new LlmError('refused', 'fake: the model refuses to answer', { usage })
    case 'cut_short':
      throw new LlmError('cut_short', 'fake: the answer did not fit into its limit', { usage })
    case 'status':
      throw errorOfStatus(reply)
    case 'silent':
    case 'dribble':
    case 'half':
      return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    case 'reset':
      throw new LlmError('unreachable', 'fake: the connection was cut')
    case 'raw':
    case 'huge':
      throw new LlmError('bad_answer', 'fake: the answer has not the shape of its API')
  }
}

function errorOfStatus({ status, headers }: Extract<LlmReply, { kind: 'status' }>): LlmError {
  const seconds = headers?.['retry-after']
  const details = { free: true, ...(seconds !== undefined && { retryAfterMs: Number(seconds) * 1000 }) }
  if (status === 429) return new LlmError('rate_limited', 'fake: too many requests', details)
  if (status >= 500) return new LlmError('overloaded', `fake: cannot answer now (HTTP ${status})`, details)
  if (status === 401 || status === 403) return new LlmError('auth', `fake: refuses us (HTTP ${status})`, details)
  return new LlmError('bad_request', `fake: refuses the request (HTTP ${status})`, details)
}
