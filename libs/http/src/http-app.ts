import { DomainError } from '@torrentino/domain'
import cors from 'cors'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import type { Authenticator, Identity } from './auth/identity.js'
import { problemOf } from './problems/problem-of.js'
import { beginAnswer, refuseForeignPages } from './requests/preamble.js'
import { createJsonReader } from './requests/read-json.js'
import type { Method, Route } from './route.js'
import { identify, type RouteParts, runRoute, sendJson } from './run-route.js'

/** One answered request, for counting and logging. */
export interface RequestEnd {
  method: string
  /** The pattern, not the address: it has few values and tells nothing of the caller. */
  route: string
  status: number
  seconds: number
  requestId: string
}

export interface HttpAppOptions {
  /** Every route of a mount begins with its prefix. */
  mounts: readonly { prefix: string; routes: readonly Route[] }[]
  authenticator: Authenticator
  admit(identity: Identity): Promise<void>
  /** Whose pages may call from a browser, beside our own. */
  origins: readonly string[]
  bodyLimitKb: number
  /** Whether a server of ours is away, which the caller is told as 503. */
  isInfrastructure(error: unknown): boolean
  onEnd(end: RequestEnd): void
  /** A fault that the caller is told nothing about: `unexpected` ones are ours, the others an outage. */
  onFault(error: unknown, requestId: string, unexpected: boolean): void
}

export function createHttpApp(options: HttpAppOptions): Express {
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.set('query parser', 'simple')
  const parts: RouteParts = { authenticator: options.authenticator, admit: options.admit, readJson: createJsonReader(options.bodyLimitKb) }

  app.use(plainHeaders)
  app.use((request, response, next) => {
    const requestId = beginAnswer(request, response)
    Object.assign(response.locals, { requestId, route: 'unknown' })
    watchEnd(request, response, options.onEnd)
    refuseForeignPages(request, options.origins)
    next()
  })
  app.use(crossOrigin(options.origins))
  for (const { prefix, routes } of options.mounts) mount(app, prefix, routes, parts)
  app.use(async (request, response) => {
    await identify(options.authenticator, request, response)
    throw new DomainError('not_found', 'there is nothing at this address')
  })
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => sendProblem(error, response, options))
  return app
}

/** An API is no page: a browser that is led here may run, frame and guess nothing of what it gets. */
const plainHeaders = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  crossOriginResourcePolicy: { policy: 'same-site' },
  referrerPolicy: { policy: 'no-referrer' },
  // Whether a whole domain speaks https alone is for its owner to say.
  strictTransportSecurity: false,
})

/** Who may not, gets no headers that allow it; the browser refuses then. Nothing of ours hangs on cookies. */
function crossOrigin(origins: readonly string[]) {
  const exposed = [
    'Location',
    'X-Request-Id',
    'Retry-After',
    'WWW-Authenticate',
    'ETag',
    'Content-Range',
    'Content-Disposition',
    'Repr-Digest',
  ]
  const answer = cors({ origin: origins.includes('*') ? '*' : [...origins], exposedHeaders: exposed, maxAge: 600 })
  return (request: Request, response: Response, next: NextFunction) => {
    // OPTIONS that no browser sends ahead asks what an address knows.
    const isAhead = request.method !== 'OPTIONS' || request.headers['access-control-request-method'] !== undefined
    if (origins.length > 0 && isAhead) answer(request, response, next)
    else next()
  }
}

function mount(app: Express, prefix: string, routes: readonly Route[], parts: RouteParts): void {
  for (const route of routes) {
    const path = prefix + route.path
    const method = route.method.toLowerCase() as Lowercase<Method>
    app.route(path)[method]((request, response) => {
      response.locals.route = path
      return runRoute(route, parts, request, response)
    })
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method)
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
    app.all(prefix + path, async (request, response) => {
      response.locals.route = prefix + path
      await identify(parts.authenticator, request, response)
      response.setHeader('Allow', allow)
      if (request.method !== 'OPTIONS') throw new DomainError('method_not_allowed', `this address knows: ${allow}`)
      response.writeHead(204).end()
    })
  }
}

/** As reverse proxies write it: the caller went before there was an answer. */
const CALLER_GONE = 499

function watchEnd(request: Request, response: Response, onEnd: (end: RequestEnd) => void): void {
  const began = performance.now()
  response.once('close', () => {
    const { requestId, route } = response.locals as { requestId: string; route: string }
    const status = response.headersSent ? response.statusCode : CALLER_GONE
    onEnd({ method: request.method, route, status, seconds: (performance.now() - began) / 1000, requestId })
  })
}

const ABOUT_CONTENT = ['Content-Type', 'Content-Length', 'Content-Disposition', 'ETag', 'Last-Modified', 'Accept-Ranges', 'Repr-Digest']

function sendProblem(error: unknown, response: Response, { isInfrastructure, onFault }: HttpAppOptions): void {
  const requestId = String(response.locals.requestId)
  const { problem, headers, unexpected } = problemOf(error, requestId, isInfrastructure)
  if (problem.status >= 500 && problem.code !== 'not_ready') onFault(error, requestId, unexpected)
  if (response.headersSent) {
    // Too late for a problem: a cut connection tells the caller that the answer is not whole.
    response.destroy()
    return
  }
  for (const name of ABOUT_CONTENT) response.removeHeader(name)
  response.setHeader('Cache-Control', 'no-store')
  sendJson(response, problem.status, 'application/problem+json', problem, headers)
}
