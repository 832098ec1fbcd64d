import { LlmError } from './llm-error.js'
import type { LlmAnswer, LlmUsage } from './llm-provider.js'

interface Said {
  text: string
  usage: LlmUsage | undefined
  refused: boolean
  cut: boolean
}

/** What every provider must look at before the text counts. */
export function textOf(provider: string, { text, usage, refused, cut }: Said): LlmAnswer {
  if (refused) throw new LlmError('refused', `${provider}: the model refuses to answer`, { usage })
  if (cut) throw new LlmError('cut_short', `${provider}: the answer did not fit into its limit`, { usage })
  if (text.trim() === '') throw new LlmError('blank', `${provider}: the answer is blank`, { usage })
  return { text, usage }
}
