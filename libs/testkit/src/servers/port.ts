import { createServer } from 'node:net'

const LOOPBACK = '127.0.0.1'
// Below the ports that systems hand out to outgoing connections and to whoever asks for any: those may be gone before they are used.
const FIRST = 10_240
const COUNT = 22_000
let next = Math.floor(Math.random() * COUNT)

/** A port that nobody listens on at this moment; another one at each call. */
export async function freePort(host = LOOPBACK): Promise<number> {
  for (let tries = 0; tries < COUNT; tries++) {
    next = (next + 1) % COUNT
    const port = FIRST + next
    if (await isPortFree(port, host)) return port
  }
  throw new Error(`there is no free port on ${host}`)
}

export function isPortFree(port: number, host = LOOPBACK): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
