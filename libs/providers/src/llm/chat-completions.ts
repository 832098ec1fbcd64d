import { z } from 'zod'
import { textOf } from './answer-text.js'
import { createLlmPost } from './llm-post.js'
import type { LlmAnswer, LlmConfig, LlmOptions, LlmProviderDeps, LlmRequest } from './llm-provider.js'
import { systemText } from './prompt.js'
import { wireSchema } from './wire-schema.js'

const tokens = z.int().nonnegative()

/** Thinking text (`reasoning_content`) is not read. */
const Completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish(),
})

export interface Dialect {
  name: string
  url: string
  limit: 'max_tokens' | 'max_completion_tokens'
}

export type ChatCompletion = (request: LlmRequest, options: LlmOptions, responseFormat?: object) => Promise<LlmAnswer>

/** The API that OpenAI made and others speak in their own way. */
export function createChatCompletion(dialect: Dialect, config: LlmConfig, deps: LlmProviderDeps): ChatCompletion {
  const { name, url, limit } = dialect
  const headers: Record<string, string> = config.apiKey === undefined ? {} : { authorization: `Bearer ${config.apiKey}` }
  const post = createLlmPost(deps, { provider: name, url, headers }, config)
  return async (request, options, responseFormat) => {
    const body = {
      model: config.model,
      messages: [
        { role: 'system', content: systemText(request) },
        { role: 'user', content: request.user },
      ],
      [limit]: request.maxTokens,
      ...(responseFormat && { response_format: responseFormat }),
    }
    const { choices, usage } = await post(body, Completion, options)
    const { message, finish_reason } = choices[0] as (typeof choices)[number]
    return textOf(name, {
      text: message.content ?? '',
      usage: usage ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens } : undefined,
      refused: Boolean(message.refusal) || finish_reason === 'content_filter',
      cut: finish_reason === 'length',
    })
  }
}

export function strictFormat({ schema, schemaName }: LlmRequest): object {
  return { type: 'json_schema', json_schema: { name: schemaName, strict: true, schema: wireSchema(schema) } }
}
