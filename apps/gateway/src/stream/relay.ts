import type { ProgressEvent, StepEvent } from '@torrentino/domain'
import type { WebSocket } from 'ws'
import { createAudience } from './audience.js'
import { deliveryOf, idAfter } from './delivery.js'
import type { StreamLimits } from './limits.js'
import { createProgressGate } from './progress-gate.js'
import type { Recent } from './recent.js'
import { GOING_AWAY, type StreamClient, wants } from './stream-client.js'
import { textFrame } from './text-frame.js'

/** Hands what happens to the clients that it concerns, and looks whether they are still there. */
export interface Relay {
  readonly clients: ReadonlySet<StreamClient>
  add(client: StreamClient): void
  step(step: StepEvent): void
  progress(event: ProgressEvent): void
  disconnectAll(code: number, reason: string): void
  close(): Promise<void>
}

export function createRelay(recent: Recent, position: () => number | null, limits: StreamLimits): Relay {
  const audience = createAudience()
  const { clients } = audience
  const gate = createProgressGate(limits.progressMs, sendProgress)
  const beat = setInterval(checkClients, limits.pingMs)

  function step(event: StepEvent): void {
    const delivery = deliveryOf(event)
    recent.add(delivery)
    gate.drop(event.ticket_id)
    for (const client of audience.of(event.ticket_id, event.requested_by)) if (client.live) client.deliver(delivery)
  }

  function sendProgress({ kind: _kind, requested_by, ...event }: ProgressEvent): void {
    const id = idAfter(position() ?? 0)
    const takers = audience.of(event.ticket_id, requested_by).filter((client) => wants(client.wish, event.ticket_id, requested_by))
    if (takers.length === 0) return
    const frame = textFrame({ type: 'progress', id, ...event })
    for (const client of takers) client.hint(frame, id)
  }

  function checkClients(): void {
    const id = idAfter(position() ?? 0)
    const frame = textFrame({ type: 'heartbeat', id })
    const deadSince = performance.now() - limits.pongMs
    for (const client of clients) {
      if (client.lastPong <= deadSince) client.ws.terminate()
      else if (client.isOpen()) {
        client.ws.ping()
        client.hint(frame, id)
      }
    }
  }

  return {
    clients,
    add(client) {
      audience.add(client)
      client.ws.on('pong', () => {
        client.lastPong = performance.now()
      })
      client.ws.on('close', () => audience.remove(client))
      // Broken frames and oversized messages: ws has closed the connection already.
      client.ws.on('error', () => {})
    },
    step,
    progress: (event) => gate.offer(event),
    disconnectAll(code, reason) {
      for (const { ws } of clients) ws.close(code, reason)
    },
    async close() {
      clearInterval(beat)
      gate.close()
      await farewell([...clients].map(({ ws }) => ws))
    },
  }

  async function farewell(open: WebSocket[]): Promise<void> {
    const patience = setTimeout(() => {
      for (const ws of open) ws.terminate()
    }, limits.closeMs)
    await Promise.all(
      open.map((ws) => {
        const gone = new Promise<void>((resolve) => (ws.readyState === ws.CLOSED ? resolve() : ws.once('close', () => resolve())))
        ws.close(GOING_AWAY, 'the gateway is stopping; reconnect with since=<last id>')
        return gone
      }),
    )
    clearTimeout(patience)
  }
}
