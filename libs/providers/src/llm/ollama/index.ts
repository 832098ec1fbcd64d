import { textOf } from '../answer-text.js'
import { apiUrl } from '../api-url.js'
import { createLlmPost } from '../llm-post.js'
import type { LlmConfig, LlmProvider, LlmProviderDeps, LlmRequest } from '../llm-provider.js'
import { systemText } from '../prompt.js'
import { largestPrompt } from '../token-bound.js'
import { wireSchema } from '../wire-schema.js'
import { ChatAnswer } from './schema.js'

const NAME = 'ollama'
const CONTEXT_STEP = 8192
/** Its own five minutes are shorter than the pause between many tickets, and each would wait until the model is loaded again. */
const KEPT_LOADED = '30m'

export function createOllama(config: LlmConfig, deps: LlmProviderDeps): LlmProvider {
  const url = apiUrl(config.apiBase ?? 'http://localhost:11434', '/api', '/chat')
  // Behind a proxy it may want one after all.
  const headers: Record<string, string> = config.apiKey === undefined ? {} : { authorization: `Bearer ${config.apiKey}` }
  const post = createLlmPost(deps, { provider: NAME, url, headers }, config)
  return {
    name: NAME,
    model: config.model,
    answerTokens: 4000,
    slowStart: true,
    async complete(request, options) {
      const answer = await post(bodyOf(config.model, request), ChatAnswer, options)
      const { prompt_eval_count, eval_count } = answer
      const counted = prompt_eval_count !== undefined || eval_count !== undefined
      // A prompt that lies in its cache is not counted.
      const usage = counted ? { promptTokens: prompt_eval_count ?? 0, completionTokens: eval_count ?? 0 } : undefined
      return textOf(NAME, { text: answer.message.content, usage, refused: false, cut: answer.done_reason === 'length' })
    },
  }
}

function bodyOf(model: string, request: LlmRequest) {
  return {
    model,
    stream: false,
    think: false,
    keep_alive: KEPT_LOADED,
    messages: [
      { role: 'system', content: systemText(request) },
      { role: 'user', content: request.user },
    ],
    format: wireSchema(request.schema),
    options: { num_ctx: contextFor(request), num_predict: request.maxTokens },
  }
}

/** A prompt that is too long loses its beginning without a word. In steps, because each size makes Ollama load the model anew. */
function contextFor(request: LlmRequest): number {
  return Math.ceil((largestPrompt(request) + request.maxTokens) / CONTEXT_STEP) * CONTEXT_STEP
}
