import { WebSocket } from 'ws'
import { type Percentiles, percentiles } from '../bench/percentiles.js'
import { waitFor } from '../servers/wait-for.js'
import { ticketId } from './ticket-ids.js'

// Consumers that follow their own tickets, each by a WebSocket, and look whether every step comes, once and in order.

export interface FollowersReport extends Percentiles {
  /** Tickets that were followed from their first step to the last. */
  whole: number
  faults: string[]
}

const [port = '', clients = '0', first = '0', step = '1', tickets = '0'] = process.argv.slice(2)
const LAST = 'completed'
const CONNECTING = 50
const late: number[] = []
const faults: string[] = []
const states = new Map<string, string | null>()
let followed = 0
let whole = 0

interface Message {
  type: string
  ticket_id: string
  old_state: string | null
  new_state: string
  at: string
}

function onMessage(data: { toString(): string }): void {
  const { type, ticket_id, old_state, new_state, at } = JSON.parse(data.toString()) as Message
  if (type !== 'state_change') return
  late.push(Math.max(0, Date.now() - Date.parse(at)))
  const before = states.get(ticket_id) ?? null
  if (before !== old_state && faults.length < 10) faults.push(`${ticket_id}: ${new_state} came from ${old_state}, but ${before} was told`)
  states.set(ticket_id, new_state)
  if (new_state === LAST) whole += 1
}

/** Client number n follows the tickets n, n + step, n + 2 step ... */
async function connect(number: number): Promise<WebSocket> {
  const ids: string[] = []
  for (let ticket = number; ticket < Number(tickets); ticket += Number(step)) ids.push(`ticket_id=${ticketId(ticket)}`)
  followed += ids.length
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/ws?${ids.join('&')}`)
  socket.on('message', onMessage)
  socket.on('close', (code) => faults.length < 10 && faults.push(`client ${number} was disconnected: ${code}`))
  await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject))
  return socket
}

const numbers = Array.from({ length: Number(clients) }, (_, nr) => Number(first) + nr)
while (numbers.length > 0) await Promise.all(numbers.splice(0, CONNECTING).map(connect))

process.on('message', async () => {
  // The last messages are on their way yet; what does not come at all shows in the report.
  await waitFor('the last messages', () => whole === followed, 10_000).catch(() => {})
  const report: FollowersReport = { ...percentiles(late), whole, faults }
  process.send?.(report, () => process.exit(0))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
