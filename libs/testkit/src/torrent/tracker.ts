import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { encodeBencode } from './bencode.js'

export interface Tracker {
  announceUrl: string
  /** The ports of the peers that announced the torrent and did not stop since. */
  peers(infoHash: string): number[]
  waitForPeer(infoHash: string, port: number, signal?: AbortSignal): Promise<void>
  close(): Promise<void>
}

const REANNOUNCE_SECS = 2

/** For loopback alone: every peer is told to be at 127.0.0.1. */
export async function startTracker(): Promise<Tracker> {
  const swarms = new Map<string, Set<number>>()
  const announced = new EventEmitter().setMaxListeners(0)
  const peers = (infoHash: string) => [...(swarms.get(infoHash) ?? [])]

  const server = createServer((request, response) => {
    const fields = binaryQuery(request)
    const infoHash = Buffer.from(fields.get('info_hash') ?? '', 'latin1').toString('hex')
    const port = Number(fields.get('port'))
    if (infoHash.length !== 40 || !Number.isInteger(port) || port < 1 || port > 65_535) {
      answer(response, encodeBencode({ 'failure reason': 'info_hash or port is missing' }))
      return
    }
    const swarm = swarms.get(infoHash) ?? new Set<number>()
    swarms.set(infoHash, swarm)
    if (fields.get('event') === 'stopped') swarm.delete(port)
    else swarm.add(port)
    answer(
      response,
      encodeBencode({ interval: REANNOUNCE_SECS, 'min interval': 1, peers: compact(peers(infoHash).filter((other) => other !== port)) }),
    )
    announced.emit('peer')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the tracker has no port')

  return {
    announceUrl: `http://127.0.0.1:${address.port}/announce`,
    peers,
    async waitForPeer(infoHash, port, signal) {
      while (!peers(infoHash).includes(port)) await once(announced, 'peer', { signal })
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Hashes travel as percent-encoded bytes, which are no text. */
function binaryQuery(request: IncomingMessage): Map<string, string> {
  const query = request.url?.split('?')[1] ?? ''
  return new Map(
    query.split('&').map((field): [string, string] => {
      const [key = '', value = ''] = field.split('=')
      return [key, value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))]
    }),
  )
}

function compact(ports: number[]): Buffer {
  return Buffer.concat(ports.map((port) => Buffer.from([127, 0, 0, 1, port >> 8, port & 0xff])))
}

function answer(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length })
  response.end(body)
}
