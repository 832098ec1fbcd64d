import { createAnthropic } from './anthropic/index.js'
import { createDeepSeek } from './deepseek/index.js'
import type { LlmConfig, LlmProvider, LlmProviderDeps } from './llm-provider.js'
import { createOllama } from './ollama/index.js'
import { createOpenAi } from './openai/index.js'
import { createOpenAiCompatible } from './openai-compatible/index.js'

/** Each provider by the name it has in the settings, which is that of its folder. */
export const LLM_PROVIDERS: Record<string, (config: LlmConfig, deps: LlmProviderDeps) => LlmProvider> = {
  anthropic: createAnthropic,
  openai: createOpenAi,
  deepseek: createDeepSeek,
  ollama: createOllama,
  openai_compatible: createOpenAiCompatible,
}
