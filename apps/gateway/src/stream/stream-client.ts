import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Delivery } from './delivery.js'
import type { Flusher } from './flusher.js'
import type { StreamLimits } from './limits.js'
import { textFrame } from './text-frame.js'

/** What a client asked for and may see. */
export interface Wish {
  /** Null: everybody's tickets (an admin). */
  userId: string | null
  /** Null: all tickets. */
  ticketIds: ReadonlySet<string> | null
}

export interface StreamClient {
  readonly ws: WebSocket
  readonly wish: Wish
  /** Live ones get steps as they come; until then their replay does that. */
  live: boolean
  lastPong: number
  /** Messages up to this id are known to the client. */
  after: number
  isOpen(): boolean
  send(message: unknown): void
  deliver(delivery: Delivery): void
  /** Hints, which a slow client goes without. */
  hint(frame: Buffer, position: number): void
  backlog(): number
  /** Resolves when the backlog has gone, or the client. */
  drained(): Promise<void>
}

export function createStreamClient(
  ws: WebSocket,
  socket: Duplex,
  wish: Wish,
  flusher: Flusher,
  limits: Pick<StreamLimits, 'maxBacklogBytes' | 'progressBacklogBytes'>,
): StreamClient {
  function write(frame: Buffer): void {
    if (!client.isOpen()) return
    if (socket.writableLength > limits.maxBacklogBytes) {
      ws.close(TOO_SLOW, 'too slow: reconnect with since=<last id>')
      return
    }
    flusher.write(socket, frame)
  }

  const client: StreamClient = {
    ws,
    wish,
    live: false,
    lastPong: performance.now(),
    after: 0,
    isOpen: () => ws.readyState === ws.OPEN,
    send: (message) => write(textFrame(message)),
    deliver(delivery) {
      if (delivery.lastId <= client.after || !wants(wish, delivery.ticketId, delivery.requestedBy)) return
      for (const { id, bytes } of delivery.frames) if (id > client.after) write(bytes)
    },
    hint(frame, position) {
      if (client.live && position >= client.after && socket.writableLength <= limits.progressBacklogBytes) write(frame)
    },
    backlog: () => socket.writableLength,
    drained: () => drained(socket),
  }
  return client
}

/** Told in the reason too; a private code of RFC 6455. */
export const TOO_SLOW = 4008
export const GOING_AWAY = 1001
export const INTERNAL_ERROR = 1011
export const SERVICE_RESTART = 1012

export function wants({ userId, ticketIds }: Wish, ticketId: string, requestedBy: string): boolean {
  if (userId !== null && userId !== requestedBy) return false
  return ticketIds === null || ticketIds.has(ticketId)
}

/** A write of nothing is answered when everything before it has gone; also when the socket breaks. */
function drained(socket: Duplex): Promise<void> {
  return new Promise((resolve) => {
    socket.write('', () => resolve())
  })
}
