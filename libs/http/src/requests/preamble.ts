import { randomUUID } from 'node:crypto'
import { DomainError } from '@torrentino/domain'
import type { Request, Response } from 'express'

/** The caller's request id where it is a plain one, else a new one: it stands in the answer, in problems and in the log. */
export function beginAnswer(request: Request, response: Response): string {
  const given = request.headers['x-request-id']
  const id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
  response.setHeader('X-Request-Id', id)
  response.setHeader('Cache-Control', 'no-store')
  return id
}

/** A page of somebody else, open in a browser that reaches this port, must not be able to change anything. */
export function refuseForeignPages({ method, headers }: Request, allowed: readonly string[]): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method) || headers['sec-fetch-site'] !== 'cross-site') return
  if (allowed.includes('*') || (headers.origin !== undefined && allowed.includes(headers.origin))) return
  throw new DomainError('forbidden', 'pages of other sites may not call this API')
}
