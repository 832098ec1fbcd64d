import { apiUrl } from '../api-url.js'
import { createChatCompletion, strictFormat } from '../chat-completions.js'
import { LlmError } from '../llm-error.js'
import type { LlmConfig, LlmProvider, LlmProviderDeps } from '../llm-provider.js'

const NAME = 'openai_compatible'

/** vLLM, LM Studio, llama.cpp, OpenRouter and the like: some take a schema, others refuse the request for it. */
export function createOpenAiCompatible(config: LlmConfig, deps: LlmProviderDeps): LlmProvider {
  if (config.apiBase === undefined) throw new Error(`${NAME} has no address of its own`)
  const url = apiUrl(config.apiBase, '/v1', '/chat/completions')
  const ask = createChatCompletion({ name: NAME, url, limit: 'max_tokens' }, config, deps)
  let takesSchema = true
  return {
    name: NAME,
    model: config.model,
    answerTokens: 4000,
    async complete(request, options) {
      if (!takesSchema) return ask(request, options)
      try {
        return await ask(request, options, strictFormat(request))
      } catch (error) {
        if (!(error instanceof LlmError) || error.fault !== 'bad_request') throw error
        const answer = await ask(request, options)
        takesSchema = false
        return answer
      }
    },
  }
}
