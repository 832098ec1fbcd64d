import { type AuditEntry, AuditExportQuery, AuditQuery, type AuditType, DomainError } from '@torrentino/domain'
import { type Identity, type Route, route } from '@torrentino/http'
import type { GatewayDeps } from '../deps.js'
import { ownTicket } from '../tickets/own-ticket.js'
import { sendLines } from './send-lines.js'

export function auditRoutes(deps: GatewayDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/audit',
      access: 'user',
      query: AuditQuery,
      handle: async ({ query: { limit, offset, after, ...query }, identity }) => {
        await mayRead(deps, query.ticket_id, identity)
        return { json: await deps.store.audit.list({ ...filterOf(query), limit, offset, after }) }
      },
    }),
    route({
      method: 'GET',
      path: '/audit/export',
      access: 'user',
      query: AuditExportQuery,
      handle: async ({ query: { format: _format, ...query }, identity, response }) => {
        await mayRead(deps, query.ticket_id, identity)
        const pages = deps.store.audit.stream({ ...filterOf(query), to: query.to ?? deps.now() })
        const { entries, complete } = await sendLines<AuditEntry>(response, pages)
        deps.events.auditExported(identity, entries, complete ? 'complete' : 'cut short')
        return undefined
      },
    }),
  ]
}

/** Admins read all, others what happened to a ticket of theirs. */
async function mayRead(deps: GatewayDeps, ticketId: string | undefined, identity: Identity): Promise<void> {
  if (identity.role === 'admin') return
  if (ticketId !== undefined) {
    await ownTicket(deps, ticketId, identity)
    return
  }
  throw new DomainError('forbidden', 'only admins read the whole audit log; ask for a ticket of yours with ticket_id', {
    errors: [{ path: 'ticket_id', message: 'must name a ticket of yours' }],
  })
}

interface Wanted {
  ticket_id?: string
  event_type?: AuditType[]
  actor?: string
  from?: Date
  to?: Date
}

function filterOf({ ticket_id, event_type, actor, from, to }: Wanted) {
  return { ticketId: ticket_id, eventTypes: event_type, actor, from, to }
}
