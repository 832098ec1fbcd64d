import type { LlmRequest } from './llm-provider.js'

/** DeepSeek wants the word "json" and an example; whoever takes a schema is not harmed by them. */
export function systemText({ system, example }: LlmRequest): string {
  return `${system}\n\nAnswer with one JSON object and nothing else. Example of its form (not of its content):\n${JSON.stringify(example)}`
}
