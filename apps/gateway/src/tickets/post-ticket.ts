import type { IncomingHttpHeaders } from 'node:http'
import { IdempotencyKey, type NewTicket, type TicketCreated } from '@torrentino/domain'
import { type Identity, invalid, type Reply } from '@torrentino/http'
import { createTicket } from '@torrentino/pipeline'
import type { GatewayDeps } from '../deps.js'

const PREFIX = '/api/v1'

export async function postTicket(deps: GatewayDeps, ticket: NewTicket, identity: Identity, headers: IncomingHttpHeaders): Promise<Reply> {
  const { id, created } = await createTicket(deps, {
    ticket,
    requestedBy: identity.userId,
    idempotencyKey: idempotencyKey(headers),
    mediaRoots: deps.config.media.roots,
    portableNames: deps.config.media.portable_names,
  })
  deps.events.ticketPosted(id, identity, created ? 'created' : 'repeated')
  const now = created ? undefined : await deps.store.tickets.find(id)
  const json: TicketCreated = {
    ticket_id: id,
    state: now?.state.name ?? 'pending',
    version: now?.version ?? 1,
    requested_by: identity.userId,
  }
  return { status: created ? 201 : 200, headers: { Location: `${PREFIX}/ticket/${id}` }, json }
}

function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined) return undefined
  const parsed = IdempotencyKey.safeParse(key)
  if (parsed.success) return parsed.data
  throw invalid('a header is not valid', [{ path: 'Idempotency-Key', message: parsed.error.issues[0]?.message ?? 'is not valid' }])
}
