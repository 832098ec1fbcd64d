import { DomainError } from '@torrentino/domain'
import type { Request, Response } from 'express'
import type { Authenticator, Identity } from './auth/identity.js'
import type { JsonReader } from './requests/read-json.js'
import { parsed, parsedQuery } from './requests/validate.js'
import type { Reply, Route } from './route.js'

const NOBODY: Identity = { userId: 'nobody', role: 'user', method: 'open' }

export interface RouteParts {
  authenticator: Authenticator
  /** Throws where this caller comes too often. */
  admit(identity: Identity): Promise<void>
  readJson: JsonReader
}

/** First who, then what: nobody without a key learns what would have been wrong with the request. */
export async function runRoute(
  route: Route,
  { authenticator, admit, readJson }: RouteParts,
  request: Request,
  response: Response,
): Promise<void> {
  const identity = route.access === 'open' ? NOBODY : await identify(authenticator, request, response, route.login)
  if (route.access !== 'open') await admit(identity)
  if (route.access === 'admin') requireAdmin(identity)
  const params = parsed(route.params, request.params, 'the path')
  const query = parsedQuery(route.query, request.query)
  const body = route.method === 'GET' ? undefined : parsed(route.body, await readJson(request, response), 'the body')
  const reply = await route.handle({ params, query, body, identity, request, response } as never)
  if (reply !== undefined) send(response, reply)
}

export async function identify(authenticator: Authenticator, request: Request, response: Response, login = false): Promise<Identity> {
  const identity = (await authenticator.authenticate(request)) ?? (login ? await byLogin(authenticator, request) : null)
  if (identity !== null) return identity
  response.setHeader('WWW-Authenticate', login ? [authenticator.challenge, LOGIN] : authenticator.challenge)
  throw new DomainError('unauthenticated', `this needs ${authenticator.needs}`)
}

const LOGIN = 'Basic realm="torrentino", charset="UTF-8"'

/** The password of the login is the key; the name may be any. */
async function byLogin(authenticator: Authenticator, request: Request): Promise<Identity | null> {
  const [, encoded] = /^Basic ([\w+/]+=*)$/i.exec(request.headers.authorization ?? '') ?? []
  if (encoded === undefined) return null
  const [, key] = /^[^:]*:([\x21-\x7e]+)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  if (key === undefined) return null
  request.headers.authorization = `Bearer ${key}`
  return authenticator.authenticate(request)
}

export function requireAdmin({ role }: Identity): void {
  if (role !== 'admin') throw new DomainError('forbidden', 'this needs the role admin')
}

function send(response: Response, { status = 200, headers = {}, json }: Reply): void {
  sendJson(response, status, 'application/json; charset=utf-8', json, headers)
}

export function sendJson(response: Response, status: number, type: string, value: unknown, headers: Record<string, string>): void {
  const text = JSON.stringify(value)
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) })
  response.end(text)
}
