import { type FieldFault, fieldFaults } from '@torrentino/domain'
import { z } from 'zod'

const MAX_TICKETS = 100

const Query = z.strictObject({
  ticket_id: z.array(z.uuid('must be a ticket id').toLowerCase()).max(MAX_TICKETS, `at most ${MAX_TICKETS} tickets`),
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of a message, a whole number')
    .transform(Number)
    .optional(),
})

export interface StreamQuery {
  /** Null: all that the caller may see. */
  ticketIds: ReadonlySet<string> | null
  since: number | null
}

export type ParsedQuery = { query: StreamQuery } | { faults: FieldFault[] }

export function parseStreamQuery(params: URLSearchParams): ParsedQuery {
  const faults = [...new Set(params.keys())].flatMap((key) => faultOfKey(key, params.getAll(key).length))
  const parsed = Query.safeParse({ ticket_id: params.getAll('ticket_id'), since: params.get('since') ?? undefined })
  if (!parsed.success) faults.push(...fieldFaults(parsed.error))
  if (faults.length > 0 || !parsed.success) return { faults }
  const { ticket_id, since } = parsed.data
  return { query: { ticketIds: ticket_id.length > 0 ? new Set(ticket_id) : null, since: since ?? null } }
}

/** Names are shown cut, values never: a caller may have put a secret here by mistake. */
function faultOfKey(key: string, count: number): FieldFault[] {
  if (key === 'ticket_id') return []
  if (key !== 'since') return [{ path: key.slice(0, 60), message: 'unknown parameter; known are ticket_id and since' }]
  return count > 1 ? [{ path: 'since', message: 'may be given once' }] : []
}
