import type { z } from 'zod'
import { ApiError, errorOfAnswer, parseJson } from './api-error.js'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE'
  query?: Record<string, QueryValue>
  body?: unknown
  headers?: Record<string, string | undefined>
  signal?: AbortSignal
}

export type QueryValue = string | number | Date | readonly (string | number)[] | undefined

export interface Requester {
  /** The answer's head has come with a good status; its body has not been read. */
  open(path: string, options?: RequestOptions): Promise<Response>
  json<T extends z.ZodType>(schema: T, path: string, options?: RequestOptions): Promise<z.output<T>>
}

export interface RequesterOptions {
  baseUrl: string
  token: string | undefined
  fetch: Fetch
  timeoutMs: number
}

export function createRequester({ baseUrl, token, fetch, timeoutMs }: RequesterOptions): Requester {
  async function open(path: string, { method = 'GET', query, body, headers, signal }: RequestOptions = {}): Promise<Response> {
    const response = await fetch(`${baseUrl}${path}${queryText(query)}`, {
      method,
      headers: definedOnly({
        Authorization: token === undefined ? undefined : `Bearer ${token}`,
        'Content-Type': body === undefined ? undefined : 'application/json',
        ...headers,
      }),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    }).catch((error: unknown) => {
      throw signal?.aborted ? error : new ApiError(0, 'unreachable', 'the server cannot be reached', [], null, { cause: error })
    })
    if (response.ok) return response
    throw errorOfAnswer(response.status, await response.text().catch(() => ''))
  }

  return {
    open,
    async json(schema, path, options = {}) {
      const timeout = AbortSignal.timeout(timeoutMs)
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
      try {
        const response = await open(path, { ...options, signal })
        const parsed = schema.safeParse(parseJson(await response.text()))
        if (parsed.success) return parsed.data
        throw new ApiError(response.status, 'unexpected_answer', 'the answer has not the form that this client knows', [], null, {
          cause: parsed.error,
        })
      } catch (error) {
        if (error instanceof ApiError || options.signal?.aborted) throw error
        const message = timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : 'the connection broke off'
        throw new ApiError(0, 'unreachable', message, [], null, { cause: error })
      }
    },
  }
}

export function queryText(query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (value instanceof Date) params.append(name, value.toISOString())
    else for (const one of typeof value === 'object' ? value : [value]) params.append(name, String(one))
  }
  return params.size > 0 ? `?${params}` : ''
}

function definedOnly(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
