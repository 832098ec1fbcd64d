import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import type { Readiness } from './readiness.js'
import { redactText } from './redact.js'
import { within } from './within.js'

export interface StatusServerOptions {
  host: string
  /** 0: any free one. */
  port: number
  registry: Registry
  ready: () => Promise<Readiness>
}

export interface StatusServer {
  port: number
  close(): Promise<void>
}

interface Answer {
  status: number
  type: string
  body: string
}

const JSON_TYPE = 'application/json; charset=utf-8'
const METRICS_TIMEOUT_MS = 5000
/** A little longer than the single checks have, so that the answer names the slow one. */
const READY_TIMEOUT_MS = 2500

/** The small server beside each process's real work: /metrics, /healthz (is it alive?) and /readyz (can it work?). */
export async function startStatusServer({ host, port, registry, ready }: StatusServerOptions): Promise<StatusServer> {
  const server = createServer({ requestTimeout: 5000, headersTimeout: 5000, keepAliveTimeout: 5000, maxHeaderSize: 8192 })
  server.maxConnections = 100
  const answer = answerer(registry, ready)
  server.on('request', (request, response) => {
    request.resume()
    answer(request).then(
      (found) => send(request, response, found),
      () => send(request, response, problem(500, 'the answer could not be made')),
    )
  })
  await listening(server, host, port)
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) }
}

/** Answers a request for one of the three paths; the gateway uses it for its own server too. */
export function answerer(registry: Registry, ready: () => Promise<Readiness>): (request: IncomingMessage) => Promise<Answer> {
  const metrics = shared(() => within(METRICS_TIMEOUT_MS, registry.metrics()))
  const readiness = shared(() => within(READY_TIMEOUT_MS, ready()).catch(notReady))
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return problem(405, 'only GET is answered here')
    const path = (request.url ?? '').split('?')[0]
    if (path === '/healthz') return json(200, { ok: true })
    if (path === '/metrics') return { status: 200, type: registry.contentType, body: await metrics() }
    if (path !== '/readyz') return problem(404, 'there are /metrics, /healthz and /readyz')
    const found = await readiness()
    return json(found.ok ? 200 : 503, found)
  }
}

/** Requests that come while one is answered get the same answer. */
function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= make().finally(() => {
      running = undefined
    })
    return running
  }
}

function notReady(error: unknown): Readiness {
  return { ok: false, checks: { process: { ok: false, message: redactText(error instanceof Error ? error.message : String(error)) } } }
}

function json(status: number, value: unknown): Answer {
  return { status, type: JSON_TYPE, body: JSON.stringify(value) }
}

function problem(status: number, detail: string): Answer {
  return { status, type: 'application/problem+json', body: JSON.stringify({ status, detail }) }
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(plainly(error, host, port)))
    server.listen(port, host, resolve)
  })
}

function plainly(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `METRICS_HOST ${host}, METRICS_PORT ${port}`
  if (error.code === 'EADDRINUSE')
    return new Error(`${where}: the port is taken; choose another one, or 0 for any free one`, { cause: error })
  return new Error(`${where}: cannot listen there (${error.code ?? error.message})`, { cause: error })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
