import { createServer } from 'node:net'

const LOOPBACK = '127.0.0.1'

/** A port that nobody listens on at this moment. */
export function freePort(host = LOOPBACK): Promise<number> {
  return listenOnce(0, host)
}

export async function isPortFree(port: number, host = LOOPBACK): Promise<boolean> {
  return listenOnce(port, host).then(
    () => true,
    () => false,
  )
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
    })
  })
}
