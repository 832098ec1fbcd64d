import { COMPLETION_TOKENS, type LlmReply, PROMPT_TOKENS } from './replies.js'

export type LlmDialect = 'anthropic' | 'openai' | 'deepseek' | 'ollama' | 'openai_compatible'

export interface LlmCall {
  path: string
  headers: Record<string, string | undefined>
  body: Record<string, unknown>
}

export interface Dialect {
  path: string
  /** What the real server refuses, in its words. */
  refuses(call: LlmCall): string | undefined
  /** What a caller without or with a wrong key sends. */
  keyOf(call: LlmCall): string | undefined
  answer(reply: Spoken): unknown
  problem(message: string): unknown
}

type Spoken = Extract<LlmReply, { kind: 'text' | 'refusal' | 'cut_short' }>

const bearer = ({ headers }: LlmCall) => headers.authorization?.replace(/^Bearer /, '')
const problem = (message: string) => ({ error: { message, type: 'invalid_request_error' } })

function completion(reply: Spoken) {
  const reason = { text: 'stop', refusal: 'stop', cut_short: 'length' }[reply.kind]
  const message =
    reply.kind === 'refusal'
      ? { role: 'assistant', content: null, refusal: 'I cannot help with that.' }
      : { role: 'assistant', content: reply.text, refusal: null, reasoning_content: '{"thinking": "is not the answer"}' }
  const usage = { prompt_tokens: PROMPT_TOKENS, completion_tokens: COMPLETION_TOKENS, total_tokens: PROMPT_TOKENS + COMPLETION_TOKENS }
  const counted = reply.kind === 'text' && reply.usage === false ? {} : { usage }
  return { id: 'c1', object: 'chat.completion', choices: [{ index: 0, finish_reason: reason, message }], ...counted }
}

export const DIALECTS: Record<LlmDialect, Dialect> = {
  anthropic: {
    path: '/v1/messages',
    keyOf: ({ headers }) => headers['x-api-key'],
    refuses({ headers, body }) {
      if (headers['anthropic-version'] === undefined) return 'anthropic-version: header is required'
      if (typeof body.max_tokens !== 'number') return 'max_tokens: Field required'
      for (const name of ['temperature', 'top_p', 'top_k']) if (name in body) return `${name} is deprecated for this model`
      if (rolesOf(body).some((role) => role === 'system')) return 'messages: Unexpected role "system"'
      return faultOfSchema((body.output_config as { format?: { schema?: unknown } })?.format?.schema)
    },
    answer(reply) {
      const reason = { text: 'end_turn', refusal: 'refusal', cut_short: 'max_tokens' }[reply.kind]
      const content = reply.kind === 'refusal' ? [] : [{ type: 'text', text: reply.text }]
      const counted =
        reply.kind === 'text' && reply.usage === false ? {} : { usage: { input_tokens: PROMPT_TOKENS, output_tokens: COMPLETION_TOKENS } }
      return { id: 'm1', type: 'message', role: 'assistant', content, stop_reason: reason, ...counted }
    },
    problem: (message) => ({ type: 'error', error: { type: 'invalid_request_error', message } }),
  },
  openai: {
    path: '/v1/chat/completions',
    keyOf: bearer,
    refuses({ body }) {
      if ('max_tokens' in body) return "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
      const format = body.response_format as
        | { type?: string; json_schema?: { name?: string; strict?: boolean; schema?: unknown } }
        | undefined
      if (format?.type !== 'json_schema' || format.json_schema?.strict !== true) return 'response_format: a strict json_schema was expected'
      if (!/^[\w-]{1,64}$/.test(format.json_schema.name ?? '')) return 'response_format.json_schema.name: invalid'
      return faultOfSchema(format.json_schema.schema)
    },
    answer: completion,
    problem,
  },
  deepseek: {
    path: '/v1/chat/completions',
    keyOf: bearer,
    refuses({ body }) {
      if ((body.response_format as { type?: string } | undefined)?.type !== 'json_object')
        return 'This response_format type is unavailable now'
      return /json/i.test(JSON.stringify(body.messages)) ? undefined : "Prompt must contain the word 'json' in some form"
    },
    answer: completion,
    problem,
  },
  ollama: {
    path: '/api/chat',
    keyOf: () => undefined,
    refuses({ body }) {
      const { num_ctx } = (body.options ?? {}) as { num_ctx?: number }
      if (body.stream !== false) return 'test: the answer would be a stream'
      if (body.think !== false) return 'test: the model would think'
      if (!/^[1-9]\d*[mh]$/.test(String(body.keep_alive))) return 'test: the model would be unloaded between tickets'
      if (num_ctx === undefined || num_ctx * 3 < JSON.stringify(body.messages).length) return 'test: the prompt would be cut'
      return faultOfSchema(body.format)
    },
    answer(reply) {
      const text = reply.kind === 'refusal' ? 'I cannot help with that.' : reply.text
      const counted =
        reply.kind === 'text' && reply.usage === false ? {} : { prompt_eval_count: PROMPT_TOKENS, eval_count: COMPLETION_TOKENS }
      const reason = reply.kind === 'cut_short' ? 'length' : 'stop'
      return { model: 'm', message: { role: 'assistant', content: text }, done: true, done_reason: reason, ...counted }
    },
    problem: (message) => ({ error: message }),
  },
  /** A server that knows no schemas, as some of this family. */
  openai_compatible: {
    path: '/v1/chat/completions',
    keyOf: bearer,
    refuses({ body }) {
      if ('max_completion_tokens' in body) return "extra fields not permitted: 'max_completion_tokens'"
      return 'response_format' in body ? "extra fields not permitted: 'response_format'" : undefined
    },
    answer: completion,
    problem,
  },
}

function rolesOf({ messages }: Record<string, unknown>): string[] {
  return (messages as { role: string }[]).map(({ role }) => role)
}

/** What strict modes demand: no optional keys, no others, no limits of values. */
function faultOfSchema(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) return 'schema: a JSON schema was expected'
  const text = JSON.stringify(schema)
  const keyword = /"(minimum|maximum|minLength|maxLength|pattern|minItems|maxItems|\$schema)":/.exec(text)?.[1]
  if (keyword !== undefined) return `schema: '${keyword}' is not permitted`
  return objectsIn(schema).every(isClosed) ? undefined : "schema: 'required' must name every key and 'additionalProperties' be false"
}

interface ObjectSchema {
  properties: object
  required?: string[]
  additionalProperties?: unknown
}

function objectsIn(node: unknown): ObjectSchema[] {
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.values(node).flatMap(objectsIn)
  return 'properties' in node && (node as { type?: unknown }).type === 'object' ? [node as ObjectSchema, ...inner] : inner
}

function isClosed({ properties, required, additionalProperties }: ObjectSchema): boolean {
  return additionalProperties === false && Object.keys(properties).every((key) => required?.includes(key))
}
