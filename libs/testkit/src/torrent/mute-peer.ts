import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Tracker } from './tracker.js'

/** A peer that takes every connection and never says a word; ready once the tracker names it to others. */
export async function startMutePeer({ infoHash, tracker }: { infoHash: string; tracker: Tracker }): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const hash = infoHash.replace(/../g, '%$&')
  await fetch(`${tracker.announceUrl}?info_hash=${hash}&peer_id=-MUTE00-000000000000&port=${port}&left=0&event=started`)
  return {
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
