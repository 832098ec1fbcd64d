import { randomUUID } from 'node:crypto'
import type http from 'node:http'
import type { Duplex } from 'node:stream'
import type { ErrorCode, FieldFault, Problem } from '@torrentino/domain'

export const SUBPROTOCOL = 'torrentino'
const BEARER = 'bearer.'

export interface Refusal {
  status: number
  code: ErrorCode
  title: string
  detail: string
  errors?: FieldFault[]
  headers?: Record<string, string>
}

/** A browser can give a WebSocket no header but its subprotocols: `bearer.<token>` among them counts as the header. */
export function takeBearer(request: http.IncomingMessage): void {
  const offered = request.headers['sec-websocket-protocol']
  if (offered === undefined) return
  const names = offered.split(',').map((name) => name.trim())
  const bearer = names.find((name) => name.startsWith(BEARER))
  if (bearer === undefined) return
  request.headers.authorization ??= `Bearer ${bearer.slice(BEARER.length)}`
  // Nobody who logs or echoes the request gets to see it.
  request.headers['sec-websocket-protocol'] = names.filter((name) => name !== bearer).join(', ') || SUBPROTOCOL
}

/** Answers over plain HTTP, before there is a WebSocket. */
export function refuse(socket: Duplex, { status, title, headers, ...rest }: Refusal): void {
  const requestId = randomUUID()
  const body = JSON.stringify({
    type: `urn:torrentino:problem:${rest.code}`,
    title,
    status,
    ...rest,
    request_id: requestId,
  } satisfies Problem)
  const lines = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.once('finish', () => socket.destroy())
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
