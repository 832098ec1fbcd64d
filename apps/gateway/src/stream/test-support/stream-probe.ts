import { EventEmitter, once } from 'node:events'
import type { StreamMessage } from '@torrentino/domain'
import { WebSocket } from 'ws'

export interface ProbeOptions {
  port: number
  query?: string
  token?: string
  autoPong?: boolean
}

export interface StreamProbe {
  ws: WebSocket
  messages: StreamMessage[]
  hello(): Extract<StreamMessage, { type: 'hello' }>
  /** Ids of what is replayed, in the order of arrival. */
  durable(): number[]
  closed: Promise<{ code: number; reason: string }>
  until(condition: () => boolean): Promise<void>
  has(id: number): Promise<void>
  close(): void
}

/** A client that keeps all it gets. Resolves after hello. */
export function probe({ port, query = '', token = 'admin', autoPong = true }: ProbeOptions): Promise<StreamProbe> {
  return openProbe(new WebSocket(`ws://127.0.0.1:${port}/ws${query}`, { headers: { authorization: `Bearer ${token}` }, autoPong }))
}

export async function openProbe(ws: WebSocket): Promise<StreamProbe> {
  const messages: StreamMessage[] = []
  const arrivals = new EventEmitter()
  ws.on('message', (data) => {
    messages.push(JSON.parse(String(data)))
    arrivals.emit('message')
  })
  const closed = once(ws, 'close').then(([code, reason]) => ({ code: Number(code), reason: String(reason) }))

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await Promise.race([once(arrivals, 'message'), closed.then(({ code }) => fail(`closed with ${code}`))])
  }

  const result: StreamProbe = {
    ws,
    messages,
    hello() {
      const [first] = messages
      return first?.type === 'hello' ? first : fail('the first message is not hello')
    },
    durable: () => messages.filter(({ type }) => !HINTS.has(type)).map(({ id }) => id),
    closed,
    until,
    has: (id) => until(() => result.durable().includes(id)),
    close: () => ws.terminate(),
  }
  await until(() => messages.length > 0)
  return result
}

const HINTS = new Set(['hello', 'heartbeat', 'progress'])

function fail(message: string): never {
  throw new Error(message)
}
