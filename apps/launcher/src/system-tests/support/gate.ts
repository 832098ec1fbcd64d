import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A place in the middle of a worker's work where it waits until the test lets it go. */
export interface Hold {
  /** How often somebody has come to it so far. */
  arrivals(): number | Promise<number>
  /** Lets go all that wait, and all that come. */
  release(): void | Promise<void>
}

/** Stands before a server and can make its answers wait. */
export interface Gate {
  url: string
  /** Path and query of each request. */
  requests: string[]
  hold(matches: (pathAndQuery: string) => boolean): Hold
  close(): Promise<void>
}

interface OpenHold {
  matches(pathAndQuery: string): boolean
  arrivals: number
  released: Promise<void>
}

export async function openGate(target: string): Promise<Gate> {
  const requests: string[] = []
  const holds = new Set<OpenHold>()

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/'
    requests.push(path)
    const hold = [...holds].find((open) => open.matches(path))
    if (hold) {
      hold.arrivals += 1
      await hold.released
    }
    // The headers go on as they are: by the host's name the server makes links that lead here.
    const onward = request(new URL(path, target), { headers: incoming.headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    onward.end()
  }

  const server = createServer((incoming, response) => void pass(incoming, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    hold(matches) {
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      const hold: OpenHold = { matches, arrivals: 0, released }
      holds.add(hold)
      return {
        arrivals: () => hold.arrivals,
        release: () => {
          holds.delete(hold)
          release()
        },
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
