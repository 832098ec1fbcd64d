import { AuditExportQuery, AuditList, AuditQuery, type AuditType, DomainError, type TrainingDecision } from '@torrentino/domain'
import { type Identity, type Route, route } from '@torrentino/http'
import { type DecisionRange, readTraining, unreadableText } from '@torrentino/store'
import type { GatewayDeps } from '../deps.js'
import { ownTicket } from '../tickets/own-ticket.js'
import { auditCsv, jsonLines } from './export-formats.js'
import { sendExport } from './send-export.js'

export function auditRoutes(deps: GatewayDeps): Route[] {
  return [
    route({
      name: 'listAudit',
      method: 'GET',
      path: '/audit',
      access: 'user',
      about: 'What was decided and done, newest first; without ticket_id for admins only',
      answer: AuditList,
      query: AuditQuery,
      handle: async ({ query: { limit, offset, after, ...query }, identity }) => {
        await mayRead(deps, query.ticket_id, identity)
        return { json: await deps.store.audit.list({ ...filterOf(query), limit, offset, after }) }
      },
    }),
    route({
      name: 'exportAudit',
      method: 'GET',
      path: '/audit/export',
      access: 'user',
      about: 'All that matches, oldest first, as JSON Lines or CSV; without ticket_id for admins only',
      answer: { type: ['application/x-ndjson', 'text/csv'] },
      query: AuditExportQuery,
      handle: async ({ query: { format, ...query }, identity, response }) => {
        await mayRead(deps, query.ticket_id, identity)
        const { ticketId, from, to = deps.now(), ...filter } = filterOf(query)
        const entriesOf = () => deps.store.audit.stream({ ...filter, ticketId, from, to })
        const { entries, complete } =
          format === 'training'
            ? await sendExport(response, jsonLines('training.jsonl'), decisions(deps, { ticketId, since: from, until: to }))
            : format === 'csv'
              ? await sendExport(response, auditCsv('audit.csv'), entriesOf())
              : await sendExport(response, jsonLines('audit.jsonl'), entriesOf())
        deps.events.auditExported(identity, entries, complete ? 'complete' : 'cut short')
        return undefined
      },
    }),
  ]
}

async function* decisions({ store, events }: GatewayDeps, range: DecisionRange): AsyncGenerator<TrainingDecision[]> {
  for await (const line of readTraining(store, range, (ticketId, error) =>
    events.decisionUnreadable(ticketId, unreadableText(ticketId, error)),
  ))
    yield [line]
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
