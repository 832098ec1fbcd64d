import { type Actor, DomainError, type Ticket } from '@torrentino/domain'
import type { Identity } from '@torrentino/http'
import type { GatewayDeps } from '../deps.js'

/** The ticket, where the caller may see it; to others it does not exist. */
export async function ownTicket({ store }: Pick<GatewayDeps, 'store'>, id: string, identity: Identity): Promise<Ticket> {
  const ticket = await store.tickets.find(id)
  if (ticket && (identity.role === 'admin' || ticket.requestedBy === identity.userId)) return ticket
  throw new DomainError('not_found', `there is no ticket ${id}`)
}

export function actorOf({ userId, role }: Identity): Actor {
  return { kind: 'user', id: userId, role }
}
