import { once } from 'node:events'
import { createServer } from 'node:http'

export interface BrokenTracker {
  announceUrl: string
  /** How often somebody announced. */
  asked(): number
  close(): Promise<void>
}

/** Answers every announcement alike, whatever that is good for. */
export async function startBrokenTracker({ status = 200, body }: { status?: number; body: string }): Promise<BrokenTracker> {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the tracker has no port')
  return {
    announceUrl: `http://127.0.0.1:${address.port}/announce`,
    asked: () => asked,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
