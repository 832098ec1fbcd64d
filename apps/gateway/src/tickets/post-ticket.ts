import type { IncomingHttpHeaders } from 'node:http'
import { IdempotencyKey, type NewTicket, type TicketCreated } from '@torrentino/domain'
import { type Identity, invalid, type Reply } from '@torrentino/http'
import { createTicket } from '@torrentino/pipeline'
import type { GatewayDeps } from '../deps.js'
import { tracedPost } from './traced-post.js'

export function postTicket(deps: GatewayDeps, ticket: NewTicket, identity: Identity, headers: IncomingHttpHeaders): Promise<Reply> {
  const key = idempotencyKey(headers)
  return tracedPost(deps.tracer, headers.traceparent, async (traceparent) => {
    const { id, created } = await deps.limits.withinQuota(identity, (quota) =>
      createTicket(deps, {
        ticket,
        requestedBy: identity.userId,
        idempotencyKey: key,
        mediaRoots: deps.config.media.roots,
        portableNames: deps.config.media.portable_names,
        quota,
        traceparent,
      }),
    )
    deps.events.ticketPosted(id, identity, created ? 'created' : 'repeated')
    return { ticketId: id, reply: await answer(deps, id, created, identity) }
  })
}

async function answer(deps: GatewayDeps, id: string, created: boolean, { userId }: Identity): Promise<Reply> {
  const now = created ? undefined : await deps.store.tickets.find(id)
  const json: TicketCreated = {
    ticket_id: id,
    state: now?.state.name ?? 'pending',
    version: now?.version ?? 1,
    requested_by: userId,
  }
  return { status: created ? 201 : 200, headers: { Location: `${deps.config.server.base_path}/api/v1/ticket/${id}` }, json }
}

function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined) return undefined
  const parsed = IdempotencyKey.safeParse(key)
  if (parsed.success) return parsed.data
  throw invalid('a header is not valid', [{ path: 'Idempotency-Key', message: parsed.error.issues[0]?.message ?? 'is not valid' }])
}
