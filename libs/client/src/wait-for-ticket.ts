import { isTerminal, type StateName, type TicketDetails } from '@torrentino/domain'
import { ApiError } from './api-error.js'
import type { StreamOptions } from './event-stream.js'
import { pause } from './pause.js'

export interface WaitOptions {
  /** Default: the terminal states. A ticket that ends in another terminal state ends the waiting too: look at its state. */
  until?: readonly StateName[]
  signal?: AbortSignal
}

export interface WaitParts {
  getTicket(id: string, options: { signal: AbortSignal }): Promise<TicketDetails>
  stream(options: StreamOptions): Promise<void>
  retryMs: number
}

/**
 * The ticket when it has come to one of the states. Told by events; asks once per connection, for what happened before, and before
 * each pause where there is none: so it arrives, more slowly, also behind a proxy that lets no WebSocket through.
 */
export async function waitForTicket({ getTicket, stream, retryMs }: WaitParts, id: string, options: WaitOptions): Promise<TicketDetails> {
  const { until = [], signal } = options
  signal?.throwIfAborted()
  const stop = new AbortController()
  const watching = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const isThere = (state: string) => isTerminal(state as StateName) || until.includes(state as StateName)

  try {
    return await new Promise<TicketDetails>((resolve, reject) => {
      /** `passed`: an event told of the state; the ticket may be further by now. */
      async function look(passed: boolean): Promise<void> {
        const ticket = await patiently(() => getTicket(id, { signal: watching }), retryMs, watching)
        if (passed || isThere(ticket.state)) resolve(ticket)
      }
      stream({
        ticketIds: [id],
        signal: watching,
        onState: ({ state }) => {
          if (state !== 'connecting') look(false).catch(reject)
        },
        onMessage: (message) => {
          if (message.type === 'state_change' && isThere(message.new_state)) look(true).catch(reject)
        },
      }).then(() => reject(signal?.reason), reject)
    })
  } finally {
    stop.abort()
  }
}

async function patiently<T>(ask: () => Promise<T>, retryMs: number, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted || !(error instanceof ApiError) || !error.isPassing) throw error
      await pause(retryMs, signal)
    }
  }
}
