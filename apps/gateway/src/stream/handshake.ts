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

const PASS = 'pass.'

export interface Proof {
  /** What POST /stream-pass gave, in place of a token. */
  pass: string | undefined
}

/** A browser can give a WebSocket no header but its subprotocols: `bearer.<token>` among them counts as the header, `pass.<pass>` for itself. */
export function takeProof(request: http.IncomingMessage): Proof {
  const offered = request.headers['sec-websocket-protocol']
  if (offered === undefined) return { pass: undefined }
  const names = offered.split(',').map((name) => name.trim())
  const isProof = (name: string) => name.startsWith(BEARER) || name.startsWith(PASS)
  const bearer = names.find((name) => name.startsWith(BEARER))
  if (bearer !== undefined) request.headers.authorization ??= `Bearer ${bearer.slice(BEARER.length)}`
  // Nobody who logs or echoes the request gets to see it.
  if (names.some(isProof)) request.headers['sec-websocket-protocol'] = names.filter((name) => !isProof(name)).join(', ') || SUBPROTOCOL
  return { pass: names.find((name) => name.startsWith(PASS))?.slice(PASS.length) }
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
