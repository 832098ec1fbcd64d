import { parseArgs } from 'node:util'

export interface LoadOptions {
  tickets: number
  /** Consumers, each with a WebSocket of its own for its tickets. */
  clients: number
  /** Tickets under way at a time. */
  open: number
  /** What a conversion takes where replicas are compared. */
  workMs: number
}

export const HELP = `npm run load -- [--tickets 20000] [--clients 2000] [--open 200] [--work-ms 200]

Sends tickets through a gateway, all queues and the database, with stages that do nothing, and prints rates, latencies and the memory of
each process; then how the rate grows with replicas of the converter. The peer is a bare chain of queues that writes the same rows.`

const BOUNDS: Record<keyof LoadOptions, [fallback: number, min: number, max: number]> = {
  tickets: [20_000, 500, 1_000_000],
  clients: [2000, 1, 5000],
  open: [200, 1, 5000],
  workMs: [200, 1, 10_000],
}
/** A client may name so many tickets that it follows. */
const FOLLOWED = 100

export function readOptions(args: string[]): LoadOptions | null {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { tickets: text, clients: text, open: text, 'work-ms': text, help: { type: 'boolean' } } })
  if (values.help) return null
  const options = {
    tickets: numberOf('tickets', values.tickets),
    clients: numberOf('clients', values.clients),
    open: numberOf('open', values.open),
    workMs: numberOf('workMs', values['work-ms']),
  }
  if (options.tickets > options.clients * FOLLOWED)
    throw new Error(`--tickets may be at most ${FOLLOWED} times --clients, because a client follows ${FOLLOWED} tickets at most`)
  return options
}

function numberOf(name: keyof LoadOptions, text: string | undefined): number {
  const [fallback, min, max] = BOUNDS[name]
  const value = text === undefined ? fallback : Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new Error(`--${name === 'workMs' ? 'work-ms' : name} must be a whole number from ${min} to ${max}, not "${text}"`)
}
