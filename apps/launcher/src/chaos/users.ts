import { setTimeout as delay } from 'node:timers/promises'
import { ApiError, type Client } from '@torrentino/client'
import { STATES, type TransitionName, transitionRow } from '@torrentino/domain'
import type { Random } from './random.js'
import type { Wish } from './wishes.js'
import type { World } from './world.js'

/** A command that the system said it carried out. */
export interface Accepted {
  ticketId: string
  cause: string
}

/** What the users did, and what they were told that must not be. */
export interface Deeds {
  accepted: Accepted[]
  faults: string[]
}

interface Command {
  cause: TransitionName
  weight: number
  send(client: Client, id: string, wish: Wish): Promise<unknown>
}

const COMMANDS: Command[] = [
  { cause: 'cancel', weight: 4, send: (client, id) => client.cancel(id, 'of chaos') },
  { cause: 'pause', weight: 4, send: (client, id) => client.pause(id) },
  { cause: 'resume', weight: 5, send: (client, id) => client.resume(id) },
  { cause: 'approve', weight: 5, send: (client, id) => client.approve(id) },
  { cause: 'reject', weight: 1, send: (client, id) => client.reject(id) },
  { cause: 'retry', weight: 4, send: (client, id) => client.retry(id) },
  {
    cause: 'force_search',
    weight: 1,
    send: (client, id, { ticket }) => client.forceSearch(id, `${ticket.search.artist} ${ticket.search.album ?? ''}`),
  },
]
const POST_AGAIN_MS = 200
const SENSIBLE = 0.85
/** However long it takes: more would cancel all that there is, before it has come to anything. */
const DEEDS_PER_TICKET = 6
const SHORTEST_PAUSE_MS = 100

/** Posts it until it is taken in, whatever comes in between; sometimes twice at once, as impatient people do. */
export async function post(world: World, wish: Wish, random: Random, deeds: Deeds, signal: AbortSignal): Promise<void> {
  const tries = random.chance(0.25) ? 2 : 1
  const ids = await Promise.all(Array.from({ length: tries }, (_, nr) => postOnce(world, wish, random.part(`try ${nr}`), deeds, signal)))
  if (new Set(ids).size !== 1) deeds.faults.push(`one post, several tickets: ${ids}`)
  wish.id = ids[0] ?? null
}

async function postOnce({ clients }: World, wish: Wish, random: Random, deeds: Deeds, signal: AbortSignal): Promise<string> {
  for (;;) {
    try {
      const { ticket_id } = await random.pick(clients).createTicket(wish.ticket, { idempotencyKey: wish.key })
      return ticket_id
    } catch (error) {
      noteAnswer(error, `POST of ${wish.ticket.ticket_id}`, deeds)
      if (!(error instanceof ApiError) || !error.isPassing) throw error
      await delay(POST_AGAIN_MS, undefined, { signal })
    }
  }
}

/** Commands of one of `users` for whatever ticket, mostly one in a state for it. */
export async function meddle(
  world: World,
  wishes: readonly Wish[],
  random: Random,
  deeds: Deeds,
  ms: number,
  users: number,
): Promise<void> {
  const until = Date.now() + ms
  const longestMs = Math.max(2 * SHORTEST_PAUSE_MS, (2 * ms * users) / (DEEDS_PER_TICKET * wishes.length))
  while (Date.now() < until) {
    await delay(random.between(SHORTEST_PAUSE_MS, longestMs))
    const what = random.weighted(COMMANDS)
    const states = random.chance(SENSIBLE) ? transitionRow(what.cause).from : STATES
    const fitting = await world.it.sql
      .query<{ id: string }>('select id from tickets where state = any($1) order by created_at', [states])
      .catch(() => [])
    const chosen = fitting.length > 0 ? random.pick(fitting).id : null
    const wish = wishes.find(({ id }) => id !== null && id === chosen)
    if (wish) await command(world, wish, what, random, deeds)
  }
}

async function command({ clients, chronicle }: World, wish: Wish, what: Command, random: Random, deeds: Deeds): Promise<void> {
  const id = wish.id ?? ''
  try {
    await what.send(random.pick(clients), id, wish)
    deeds.accepted.push({ ticketId: id, cause: what.cause })
    chronicle.note(`${what.cause} of ${id}`)
  } catch (error) {
    noteAnswer(error, `${what.cause} of ${id}`, deeds)
  }
}

/** Refusals and trouble that is named are answers; 500 is none. */
export function noteAnswer(error: unknown, what: string, { faults }: Pick<Deeds, 'faults'>): void {
  if (error instanceof ApiError && error.status !== 500) return
  faults.push(`${what}: ${error}`)
}
