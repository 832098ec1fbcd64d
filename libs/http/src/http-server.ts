import { createServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Express } from 'express'

export interface HttpServer {
  server: Server
  /** Starts to listen; the port it got. */
  listen(host: string, port: number): Promise<number>
  /** Takes nothing new and waits for the answers under way, at most so long. Connections that became WebSockets stay. */
  drain(graceMs: number): Promise<void>
  close(): Promise<void>
}

/** What TLS that ends here is made of, as PEM. */
export interface TlsFiles {
  cert: string
  key: string
  /** The authorities whose certificates callers may show; who shows none is let through, and others say who he is. */
  clientCa?: string
}

/** How long connections that were cut may take to say so. */
const LAST_MS = 1000

const BAD_REQUEST = problemText(400, 'Bad Request', 'invalid_request', 'this is not proper HTTP')
const TOO_LONG = problemText(431, 'Request Header Fields Too Large', 'invalid_request', 'the headers are too long')
const TOO_SLOW = problemText(408, 'Request Timeout', 'invalid_request', 'the request took too long to arrive')

/** How long callers may take. Node looks at its connections only now and then, by itself each half minute. */
const TIMES = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5000 }
export type CallerTimes = typeof TIMES
const MAX_HEADER_SIZE = 16_384

export function createHttpServer(app: Express, tls?: TlsFiles, times: CallerTimes = TIMES): HttpServer {
  const bounds = { ...times, maxHeaderSize: MAX_HEADER_SIZE }
  const server = tls ? createSecureServer({ ...bounds, ...tlsOptions(tls) }, app) : createServer(bounds, app)
  server.maxHeadersCount = 200
  server.on('clientError', refuse)
  const answers = trackAnswers(server)

  function stopListening(): void {
    answers.last()
    if (server.listening) server.close()
    server.closeIdleConnections()
  }
  return {
    server,
    listen: (host, port) => listen(server, host, port),
    async drain(graceMs) {
      stopListening()
      await answers.none(graceMs)
    },
    async close() {
      stopListening()
      server.closeAllConnections()
      await answers.none(LAST_MS)
    },
  }
}

function tlsOptions({ cert, key, clientCa }: TlsFiles) {
  return {
    cert,
    key,
    minVersion: 'TLSv1.2',
    handshakeTimeout: 10_000,
    ...(clientCa !== undefined && { ca: clientCa, requestCert: true, rejectUnauthorized: false }),
  } as const
}

/** Knows the answers under way: the server itself counts connections, which WebSockets and idle callers keep open. */
function trackAnswers(server: Server): { last(): void; none(graceMs: number): Promise<void> } {
  const open = new Set<ServerResponse>()
  let isLast = false
  let onNone: () => void = () => {}
  server.prependListener('request', (_request, response) => {
    open.add(response)
    if (isLast) response.setHeader('Connection', 'close')
    response.once('close', () => {
      open.delete(response)
      if (open.size === 0) onNone()
    })
  })
  return {
    last() {
      isLast = true
    },
    none(graceMs) {
      if (open.size === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, graceMs)
        onNone = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(plainly(error, host, port)))
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function plainly(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `SERVER_HOST ${host}, SERVER_PORT ${port}`
  const why =
    error.code === 'EADDRINUSE' ? 'the port is taken; choose another one, or 0 for any free one' : `cannot listen there (${error.code})`
  return new Error(`${where}: ${why}`, { cause: error })
}

/** What cannot even be parsed never reaches Express. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const timedOut = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  socket.end(timedOut ? TOO_SLOW : error.code === 'HPE_HEADER_OVERFLOW' ? TOO_LONG : BAD_REQUEST)
}

function problemText(status: number, title: string, code: string, detail: string): string {
  const body = JSON.stringify({ type: `urn:torrentino:problem:${code}`, title, status, detail, code })
  const head = [`HTTP/1.1 ${status} ${title}`, 'Content-Type: application/problem+json', `Content-Length: ${Buffer.byteLength(body)}`]
  return `${head.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`
}
