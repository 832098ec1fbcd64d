import type { HttpClient } from '@torrentino/runtime'
import type { z } from 'zod'

/** One question to a model. What it answers is foreign input: whoever asks checks it against the schema. */
export interface LlmRequest<T = unknown> {
  system: string
  user: string
  schema: z.ZodType<T>
  schemaName: string
  /** An answer that fits the schema; it stands in every prompt, since not all servers take a schema. */
  example: T
  /** Of the answer. */
  maxTokens: number
}

export interface LlmUsage {
  promptTokens: number
  completionTokens: number
}

export interface LlmAnswer {
  text: string
  /** Undefined where the server does not count. */
  usage: LlmUsage | undefined
}

export interface LlmOptions {
  /** Ends the request, also as its time-out. */
  signal: AbortSignal
}

/** A model behind an API: one request, one answer. Failures are LlmErrors whose text may be shown to anybody, or the reason of the signal. */
export interface LlmProvider {
  readonly name: string
  readonly model: string
  /** The longest answer to ask for: more where thinking counts as part of it, less where the whole conversation has little room. */
  readonly answerTokens: number
  /** The first answer may take minutes, because the server loads the model for it. */
  readonly slowStart?: boolean
  complete(request: LlmRequest, options: LlmOptions): Promise<LlmAnswer>
}

export interface LlmConfig {
  model: string
  apiKey?: string
  apiBase?: string
}

export interface LlmProviderDeps {
  http: Pick<HttpClient, 'postJson'>
}
