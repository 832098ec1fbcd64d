import type { IncomingHttpHeaders } from 'node:http'
import { IdempotencyKey, type NewTicket, type TicketCreated } from '@torrentino/domain'
import { type Identity, invalid, type Reply } from '@torrentino/http'
import { createTicket } from '@torrentino/pipeline'
import type { GatewayDeps } from '../deps.js'

export async function postTicket(deps: GatewayDeps, ticket: NewTicket, identity: Identity, headers: IncomingHttpHeaders): Promise<Reply> {
  const key = idempotencyKey(headers)
  const file = () =>
    createTicket(deps, {
      ticket,
      requestedBy: identity.userId,
      idempotencyKey: key,
      mediaRoots: deps.config.media.roots,
      portableNames: deps.config.media.portable_names,
    })
  const { id, created } = await deps.limits.withinQuota(identity, () => isRepeated(deps, ticket, key, identity), file)
  deps.events.ticketPosted(id, identity, created ? 'created' : 'repeated')
  const now = created ? undefined : await deps.store.tickets.find(id)
  const json: TicketCreated = {
    ticket_id: id,
    state: now?.state.name ?? 'pending',
    version: now?.version ?? 1,
    requested_by: identity.userId,
  }
  return { status: created ? 201 : 200, headers: { Location: `${deps.config.server.base_path}/api/v1/ticket/${id}` }, json }
}

/** Who sends the same again wants to know of it, and has it counted already. */
async function isRepeated(
  { store }: GatewayDeps,
  { ticket_id }: NewTicket,
  key: string | undefined,
  { userId }: Identity,
): Promise<boolean> {
  if (ticket_id !== undefined && (await store.tickets.findHash(ticket_id)) !== null) return true
  return key !== undefined && (await store.tickets.findByKey(userId, key)) !== null
}

function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined) return undefined
  const parsed = IdempotencyKey.safeParse(key)
  if (parsed.success) return parsed.data
  throw invalid('a header is not valid', [{ path: 'Idempotency-Key', message: parsed.error.issues[0]?.message ?? 'is not valid' }])
}
