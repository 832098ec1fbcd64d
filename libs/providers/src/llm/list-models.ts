import type { HttpClient, RequestOptions } from '@torrentino/runtime'
import { z } from 'zod'
import { apiUrl } from './api-url.js'
import { LlmError } from './llm-error.js'
import type { LlmConfig } from './llm-provider.js'

interface Listing {
  base: string
  version: string
  path: string
  headers?(key: string): Record<string, string>
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const OPENAI: Listing = { base: 'https://api.openai.com', version: '/v1', path: '/models', headers: bearer }

/** Where each provider tells its models: the one question that costs nothing and still wants a good key. */
const LISTINGS: Record<string, Listing> = {
  openai: OPENAI,
  openai_compatible: OPENAI,
  deepseek: { ...OPENAI, base: 'https://api.deepseek.com' },
  ollama: { base: 'http://localhost:11434', version: '/api', path: '/tags', headers: bearer },
  anthropic: {
    ...{ base: 'https://api.anthropic.com', version: '/v1', path: '/models' },
    headers: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
  },
}

const Names = z.union([
  z.object({ data: z.array(z.object({ id: z.string() })) }).transform(({ data }) => data.map(({ id }) => id)),
  z.object({ models: z.array(z.object({ name: z.string() })) }).transform(({ models }) => models.map(({ name }) => name)),
])

/** The names of its models; null where the server has no such list, so that nothing is known. */
export async function listModels(
  provider: string,
  { apiKey, apiBase }: Pick<LlmConfig, 'apiKey' | 'apiBase'>,
  http: Pick<HttpClient, 'get'>,
  options: Pick<RequestOptions, 'signal' | 'timeoutMs'>,
): Promise<string[] | null> {
  const listing = LISTINGS[provider]
  if (listing === undefined) return null
  const url = apiUrl(apiBase ?? listing.base, listing.version, listing.path)
  const headers = apiKey === undefined ? {} : listing.headers?.(apiKey)
  const { status, body } = await http.get(url, { ...options, headers, provider })
  if (status === 401 || status === 403) throw new LlmError('auth', `${provider}: refuses us (HTTP ${status})`)
  if (status >= 500 || status === 429) throw new LlmError('overloaded', `${provider}: cannot answer now (HTTP ${status})`)
  return status === 200 ? namesIn(body) : null
}

function namesIn(body: Buffer): string[] | null {
  try {
    return Names.parse(JSON.parse(body.toString('utf8')))
  } catch {
    return null
  }
}
