import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Instead of the end: nothing more comes, the connection is cut, or so many bytes follow. */
  after?: 'silence' | 'cut' | { bytes: number }
}

export interface ContractServer {
  origin: string
  /** Bytes of the last long reply that were taken before the other side went away. */
  taken(): number
  close(): Promise<void>
}

/** A server on the loopback that answers as the test says. */
export async function startContractServer(
  reply: (url: URL, headers: Record<string, string | string[] | undefined>) => Reply,
): Promise<ContractServer> {
  let taken = 0
  const server = createServer((request, response) => {
    const {
      status = 200,
      headers = {},
      body = '',
      after,
    } = reply(new URL(request.url ?? '/', `http://${request.headers.host}`), request.headers)
    if (after === 'cut') return response.socket?.resetAndDestroy()
    response.writeHead(status, headers)
    if (after === undefined) return response.end(body)
    response.write(body || ' ')
    if (after !== 'silence') sendMany(response, after.bytes, (bytes) => (taken = bytes))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Written piece by piece as the reader takes it, so that the server needs no memory for it. */
function sendMany(response: ServerResponse, bytes: number, tell: (bytes: number) => void): void {
  const piece = Buffer.alloc(64 * 1024, ' ')
  let sent = 0
  const pump = () => {
    while (sent < bytes && !response.destroyed) {
      sent += piece.length
      tell(sent)
      if (!response.write(piece)) return
    }
    response.end()
  }
  response.on('drain', pump)
  pump()
}
