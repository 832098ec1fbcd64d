import { DomainError } from '@torrentino/domain'
import express, { type Request, type RequestHandler, type Response } from 'express'

export type JsonReader = (request: Request, response: Response) => Promise<unknown>

/** Reads a bounded JSON body; undefined when there is none. */
export function createJsonReader(limitKb: number): JsonReader {
  const parse = express.json({ limit: limitKb * 1024, strict: false, inflate: false, type: isJson })
  return async (request, response) => {
    if (!hasBody(request)) return undefined
    if (!isJson(request)) throw wrongType()
    await run(parse, request, response)
    return request.body
  }
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function isJson({ headers }: { headers: Request['headers'] }): boolean {
  return /^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(headers['content-type'] ?? '')
}

function wrongType(): DomainError {
  return new DomainError('unsupported_media_type', 'send JSON with Content-Type: application/json', {
    errors: [{ path: 'Content-Type', message: 'must be application/json' }],
  })
}

function run(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    handler(request, response, (error?: unknown) => (error ? reject(error) : resolve()))
  })
}
