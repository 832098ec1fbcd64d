import type { StreamClient } from './stream-client.js'

/** The clients by what they follow: with thousands of them, none is asked about a ticket that is no concern of its. */
export interface Audience {
  readonly clients: ReadonlySet<StreamClient>
  add(client: StreamClient): void
  remove(client: StreamClient): void
  /** Whom a ticket may concern; what each may see is for `wants` to say. */
  of(ticketId: string, requestedBy: string): StreamClient[]
}

export function createAudience(): Audience {
  const clients = new Set<StreamClient>()
  const followers = new Map<string, Set<StreamClient>>()

  return {
    clients,
    add(client) {
      clients.add(client)
      for (const key of keysOf(client)) followers.set(key, (followers.get(key) ?? new Set()).add(client))
    },
    remove(client) {
      clients.delete(client)
      for (const key of keysOf(client)) {
        followers.get(key)?.delete(client)
        if (followers.get(key)?.size === 0) followers.delete(key)
      }
    },
    of(ticketId, requestedBy) {
      return [ALL, ofUser(requestedBy), ofTicket(ticketId)].flatMap((key) => [...(followers.get(key) ?? [])])
    },
  }
}

const ALL = 'all'
const ofUser = (id: string) => `user ${id}`
const ofTicket = (id: string) => `ticket ${id}`

function keysOf({ wish: { userId, ticketIds } }: StreamClient): string[] {
  if (ticketIds !== null) return [...ticketIds].map(ofTicket)
  return [userId === null ? ALL : ofUser(userId)]
}
