import { createHttpApp, type HttpAppOptions, type RequestEnd } from '../http-app.js'
import { type CallerTimes, createHttpServer, type HttpServer } from '../http-server.js'
import type { Route } from '../route.js'
import { anyAuthenticator } from './any-authenticator.js'

export interface OpenApp {
  port: number
  http: HttpServer
  ends: RequestEnd[]
  faults: unknown[]
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** The routes on a real server; everybody is admin unless other options say so. */
export async function openApp(routes: Route[], options: Partial<HttpAppOptions> = {}, times?: CallerTimes): Promise<OpenApp> {
  const ends: RequestEnd[] = []
  const faults: unknown[] = []
  const app = createHttpApp({
    mounts: [{ prefix: '/api', routes }],
    authenticator: anyAuthenticator({ AUTH_METHOD: 'none' }),
    admit: async () => {},
    origins: [],
    bodyLimitKb: 16,
    isInfrastructure: (error) => error instanceof Error && error.message === 'the database is away',
    onEnd: (end) => ends.push(end),
    onFault: (error) => faults.push(error),
    ...options,
  })
  const http = createHttpServer(app, undefined, times)
  const port = await http.listen('127.0.0.1', 0)
  return { port, http, ends, faults, fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init) }
}
