import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { DIALECTS, type Dialect, type LlmCall, type LlmDialect } from './dialects.js'
import type { LlmReply } from './replies.js'

export interface LlmServer {
  /** Address to give to a provider. */
  url: string
  calls: LlmCall[]
  /** Taken one after the other; the last one stays. */
  replies: LlmReply[]
  close(): Promise<void>
}

/** A model's API on the loopback: as strict with requests as the real one, and with its shape of answers and faults. */
export async function startLlmServer(name: LlmDialect, { apiKey }: { apiKey?: string } = {}): Promise<LlmServer> {
  const dialect = DIALECTS[name]
  const calls: LlmCall[] = []
  const replies: LlmReply[] = []
  const server = createServer(async (request, response) => {
    const call = { path: request.url ?? '', headers: request.headers as LlmCall['headers'], body: JSON.parse(await text(request)) }
    calls.push(call)
    const key = dialect.keyOf(call)
    if (call.path !== dialect.path) return send(response, 404, dialect.problem(`no such path: ${call.path}`))
    if (apiKey !== undefined && key !== undefined && key !== apiKey)
      return send(response, 401, dialect.problem(`Incorrect API key: ${key}`))
    const refusal = dialect.refuses(call)
    if (refusal !== undefined) return send(response, 400, dialect.problem(refusal))
    sendReply(response, dialect, (replies.length > 1 ? replies.shift() : replies[0]) ?? { kind: 'text', text: '{}' })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    replies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function sendReply(response: ServerResponse, dialect: Dialect, reply: LlmReply) {
  switch (reply.kind) {
    case 'text':
    case 'refusal':
    case 'cut_short':
      return send(response, 200, dialect.answer(reply))
    case 'status':
      return send(response, reply.status, dialect.problem(reply.message ?? 'no'), reply.headers)
    case 'raw':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(reply.body)
    case 'huge':
      return send(response, 200, dialect.answer({ kind: 'text', text: 'x'.repeat(reply.bytes) }))
    case 'half':
      return void response.writeHead(200, { 'content-length': 1000 }).write('{"half":')
    case 'dribble':
      return dribble(response)
    case 'reset':
      return void response.socket?.resetAndDestroy()
    case 'silent':
      return
  }
}

function dribble(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 5)
  response.on('close', () => clearInterval(timer))
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
