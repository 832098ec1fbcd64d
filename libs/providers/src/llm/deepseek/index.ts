import { apiUrl } from '../api-url.js'
import { createChatCompletion } from '../chat-completions.js'
import type { LlmConfig, LlmProvider, LlmProviderDeps } from '../llm-provider.js'

const NAME = 'deepseek'

/** It knows no schemas; the example in the prompt has to do. */
export function createDeepSeek(config: LlmConfig, deps: LlmProviderDeps): LlmProvider {
  const url = apiUrl(config.apiBase ?? 'https://api.deepseek.com', '/v1', '/chat/completions')
  const ask = createChatCompletion({ name: NAME, url, limit: 'max_tokens' }, config, deps)
  return {
    name: NAME,
    model: config.model,
    answerTokens: 8000,
    complete: (request, options) => ask(request, options, { type: 'json_object' }),
  }
}
