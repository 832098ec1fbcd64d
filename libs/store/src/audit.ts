import { AUDIT_TYPES, type AuditEntry, type AuditEvent, type AuditType } from '@torrentino/domain'
import type pg from 'pg'
import { createBatcher } from './batcher.js'
import { toJson } from './json.js'
import { createBinder, decodeKey, encodeKey, listingSql } from './keyset.js'
import type { WrittenAudit } from './pool.js'

export interface AuditFilter {
  ticketId?: string
  eventTypes?: AuditType[]
  actor?: string
  from?: Date
  to?: Date
  limit: number
  offset?: number
  after?: string
  order?: 'newest' | 'oldest'
}

export interface AuditPage {
  entries: AuditEntry[]
  next: string | null
}

export interface AuditNote {
  ticketId: string | null
  actor: string
  event: AuditEvent
  at?: Date
}

export interface Audit {
  /** For what is no change of state: with those it is written in one transaction. */
  append(note: AuditNote): Promise<void>
  list(filter: AuditFilter): Promise<AuditPage>
  /** How many of each type there were since then. */
  countSince(types: AuditType[], since: Date): Promise<Partial<Record<AuditType, number>>>
  /** Everything that matches, oldest first, in bounded memory. */
  stream(filter: Omit<AuditFilter, 'limit' | 'offset' | 'after' | 'order'>): AsyncGenerator<AuditEntry[]>
}

interface AuditRow {
  id: string
  ticket_id: string | null
  event_type: AuditType
  actor: string
  at: Date
  payload: Record<string, unknown>
}

const APPEND = `insert into audit_events (ticket_id, event_type, actor, at, payload)
  select * from jsonb_to_recordset($1::jsonb) as e(ticket_id uuid, event_type text, actor text, at timestamptz, payload jsonb)`
/** Rows of larger pages live through two collections of young garbage, and then lie about until V8 clears the old. */
const EXPORT_PAGE = 200
const NUMBER = /^[0-9]{1,18}$/

export function createAudit(pool: pg.Pool, onAudit?: (entries: WrittenAudit[]) => void): Audit {
  let serial = 0
  const append = createBatcher<AuditNote, undefined>({
    key: () => String(serial++),
    run: async (notes) => {
      const written = await writeAudit(pool, notes)
      onAudit?.(written)
      return notes.map(() => undefined)
    },
  })

  async function* stream(filter: Omit<AuditFilter, 'limit' | 'offset' | 'after' | 'order'>): AsyncGenerator<AuditEntry[]> {
    let after: string | undefined
    do {
      const page = await listAudit(pool, { ...filter, limit: EXPORT_PAGE, after, order: 'oldest' })
      if (page.entries.length > 0) yield page.entries
      after = page.next ?? undefined
    } while (after)
  }

  async function countSince(types: AuditType[], since: Date): Promise<Partial<Record<AuditType, number>>> {
    const { rows } = await pool.query<{ type: AuditType; count: number }>(
      'select event_type as type, count(*)::int as count from audit_events where event_type = any($1::text[]) and at >= $2 group by event_type',
      [types, since],
    )
    return Object.fromEntries(rows.map((row) => [row.type, row.count]))
  }

  return { append, list: (filter) => listAudit(pool, filter), countSince, stream }
}

/** In the transaction of the change that it tells of; `onAudit` is told after the commit. */
export async function writeAudit(db: Pick<pg.ClientBase, 'query'>, notes: readonly AuditNote[]): Promise<WrittenAudit[]> {
  const rows = notes.map(({ ticketId, actor, event, at = new Date() }) => ({
    ...{ ticket_id: ticketId, event_type: event.type, actor },
    ...{ at: at.toISOString(), payload: event.payload },
  }))
  await db.query({ name: 'audit-append', text: APPEND, values: [toJson(rows)] })
  return rows
}

async function listAudit(pool: pg.Pool, filter: AuditFilter): Promise<AuditPage> {
  const { text, values } = auditListing(filter)
  const { rows } = await pool.query<AuditRow>(text, values)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    entries: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    next: rows.length > filter.limit && last ? encodeKey(last.at, last.id) : null,
  }
}

export function auditListing(filter: AuditFilter): { text: string; values: unknown[] } {
  const { values, bind } = createBinder()
  const where: string[] = []
  const oldest = filter.order === 'oldest'
  const types = filter.eventTypes?.length ? [...new Set(filter.eventTypes)] : AUDIT_TYPES
  // A ticket has few entries, with an index of their own.
  const ofTicket = filter.ticketId !== undefined
  if (ofTicket) where.push(`ticket_id = ${bind(filter.ticketId)}`)
  if (ofTicket && types !== AUDIT_TYPES) where.push(`event_type = any(${bind(types)}::text[])`)
  if (filter.actor !== undefined) where.push(`actor = ${bind(filter.actor)}`)
  if (filter.from) where.push(`at >= ${bind(filter.from)}`)
  if (filter.to) where.push(`at < ${bind(filter.to)}`)
  if (filter.after !== undefined) {
    const { at, id } = decodeKey(filter.after, NUMBER)
    where.push(`(at, id) ${oldest ? '>' : '<'} (${bind(at)}::timestamptz, ${bind(id)}::bigint)`)
  }
  const text = listingSql(
    {
      table: 'audit_events',
      columns: 'id, ticket_id, event_type, actor, at, payload',
      order: ['at', 'id'],
      descending: !oldest,
      oneOf: ofTicket ? undefined : { column: 'event_type', values: types },
      where,
      limit: filter.limit,
      offset: filter.offset ?? 0,
    },
    bind,
  )
  return { text, values }
}
