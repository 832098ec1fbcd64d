import type { LlmRequest } from './llm-provider.js'
import { systemText } from './prompt.js'
import { wireSchema } from './wire-schema.js'

/** Marks of roles, and what providers put around a schema. */
const AROUND = 300

/** No tokenizer makes more tokens than there are bytes. */
export function largestPrompt(request: LlmRequest): number {
  return Buffer.byteLength(systemText(request) + request.user + JSON.stringify(wireSchema(request.schema))) + AROUND
}
