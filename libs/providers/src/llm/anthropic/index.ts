import { textOf } from '../answer-text.js'
import { apiUrl } from '../api-url.js'
import { createLlmPost } from '../llm-post.js'
import type { LlmConfig, LlmProvider, LlmProviderDeps, LlmRequest, LlmUsage } from '../llm-provider.js'
import { systemText } from '../prompt.js'
import { wireSchema } from '../wire-schema.js'
import { Message } from './schema.js'

const NAME = 'anthropic'

export function createAnthropic(config: LlmConfig, deps: LlmProviderDeps): LlmProvider {
  const url = apiUrl(config.apiBase ?? 'https://api.anthropic.com', '/v1', '/messages')
  const headers = { 'x-api-key': config.apiKey ?? '', 'anthropic-version': '2023-06-01' }
  const post = createLlmPost(deps, { provider: NAME, url, headers }, config)
  return {
    name: NAME,
    model: config.model,
    answerTokens: 4000,
    async complete(request, options) {
      const message = await post(bodyOf(config.model, request), Message, options)
      const text = message.content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('')
      return textOf(NAME, { text, usage: usageOf(message), refused: message.stop_reason === 'refusal', cut: wasCut(message) })
    },
  }
}

/** Without temperature, top_p and top_k: newer models and versions of the API refuse them. */
function bodyOf(model: string, request: LlmRequest) {
  return {
    model,
    max_tokens: request.maxTokens,
    system: systemText(request),
    messages: [{ role: 'user', content: request.user }],
    output_config: { format: { type: 'json_schema', schema: wireSchema(request.schema) } },
  }
}

function wasCut({ stop_reason }: Message): boolean {
  return stop_reason === 'max_tokens' || stop_reason === 'model_context_window_exceeded'
}

function usageOf({ usage }: Message): LlmUsage | undefined {
  return usage && { promptTokens: usage.input_tokens, completionTokens: usage.output_tokens }
}
