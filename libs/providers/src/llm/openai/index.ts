import { apiUrl } from '../api-url.js'
import { createChatCompletion, strictFormat } from '../chat-completions.js'
import type { LlmConfig, LlmProvider, LlmProviderDeps } from '../llm-provider.js'

const NAME = 'openai'

export function createOpenAi(config: LlmConfig, deps: LlmProviderDeps): LlmProvider {
  const url = apiUrl(config.apiBase ?? 'https://api.openai.com', '/v1', '/chat/completions')
  const ask = createChatCompletion({ name: NAME, url, limit: 'max_completion_tokens' }, config, deps)
  return {
    name: NAME,
    model: config.model,
    answerTokens: 12_000,
    complete: (request, options) => ask(request, options, strictFormat(request)),
  }
}
