import { type HttpAnswer, HttpError, redactText } from '@torrentino/runtime'
import { z } from 'zod'
import { LlmError } from './llm-error.js'
import type { LlmConfig, LlmOptions, LlmProviderDeps } from './llm-provider.js'

const MAX_BYTES = 1024 * 1024
/** Whoever asks has a deadline of its own, which comes first. */
const MAX_MS = 600_000
const MAX_QUOTE = 200
/** Shorter ones, such as the `none` of a server that wants no key, are words that answers may hold. */
const SHORTEST_KEY = 12

export type LlmPost = <T>(body: unknown, envelope: z.ZodType<T>, options: LlmOptions) => Promise<T>

interface Target {
  provider: string
  url: string
  headers: Record<string, string>
}

/** One bounded request in a provider's name; what comes back has the given shape, or it is an LlmError. */
export function createLlmPost({ http }: LlmProviderDeps, { provider, url, headers }: Target, { apiKey }: LlmConfig): LlmPost {
  const limits = { headers, timeoutMs: MAX_MS, maxBytes: MAX_BYTES, provider }
  return async (body, envelope, { signal }) => {
    const answer = await http.postJson(url, body, { ...limits, signal }).catch((error: unknown) => {
      throw fromHttpError(provider, error)
    })
    refuseStatus(provider, answer, apiKey)
    const parsed = envelope.safeParse(jsonOf(answer.body, apiKey))
    if (!parsed.success)
      throw new LlmError('bad_answer', `${provider}: the answer has not the shape of its API; check matcher.llm.api_base`)
    return parsed.data
  }
}

/** A server knows our key, and what a model writes is stored and shown. */
function jsonOf(body: Buffer, apiKey = ''): unknown {
  const text = body.toString('utf8')
  try {
    return JSON.parse(apiKey.length < SHORTEST_KEY ? text : text.replaceAll(apiKey, '***'))
  } catch {
    return undefined
  }
}

function fromHttpError(provider: string, error: unknown): unknown {
  if (!(error instanceof HttpError)) return error
  const message = `${provider}: ${error.message}`
  if (error.failure === 'timeout') return new LlmError('timeout', message)
  if (error.failure === 'too_large') return new LlmError('bad_answer', message)
  if (error.failure === 'refused') return new LlmError('bad_request', message, { free: true })
  return new LlmError('unreachable', message)
}

/** Throws for a status that is no answer. */
function refuseStatus(provider: string, { status, body, retryAfterMs }: HttpAnswer, apiKey: string | undefined): void {
  if (status >= 200 && status < 300) return
  const http = `HTTP ${status}`
  // Their texts quote parts of the key.
  if (status === 401 || status === 403)
    throw new LlmError('auth', `${provider}: refuses us (${http}); check matcher.llm.api_key`, { free: true })
  if (status === 402) throw new LlmError('auth', `${provider}: the account has no credit (${http})`, { free: true })
  if (status === 429) throw new LlmError('rate_limited', `${provider}: too many requests`, { retryAfterMs, free: true })
  if (status >= 500 || status === 408)
    throw new LlmError('overloaded', `${provider}: cannot answer now (${http})`, { retryAfterMs, free: true })
  if (status < 400)
    throw new LlmError('bad_request', `${provider}: redirects elsewhere (${http}); check matcher.llm.api_base`, { free: true })
  throw new LlmError('bad_request', `${provider}: refuses the request (${http})${quoteOf(body, apiKey)}`, { free: true })
}

const Complaint = z.union([z.object({ error: z.object({ message: z.string() }) }), z.object({ error: z.string() })])

/** What the server says of it, such as which model it does not know; it may quote what we sent. */
function quoteOf(body: Buffer, apiKey: string | undefined): string {
  const parsed = Complaint.safeParse(jsonOf(body))
  if (!parsed.success) return ''
  const { error } = parsed.data
  const text = (typeof error === 'string' ? error : error.message).replace(/[\p{C}\s]+/gu, ' ')
  const plain = redactText(apiKey ? text.split(apiKey).join('***') : text)
  return `: ${plain.slice(0, MAX_QUOTE)}`
}
