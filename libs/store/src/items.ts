import type { AuditEvent } from '@torrentino/domain'
import type pg from 'pg'
import { createBatcher } from './batcher.js'
import { toJson, toText } from './json.js'
import type { WrittenAudit } from './pool.js'

export type ItemStatus = 'waiting' | 'done' | 'failed'

export interface TicketItemRow {
  ticketId: string
  itemId: string
  idx: number
  kind: 'track' | 'image'
  status: ItemStatus
  sourcePath: string
  outputPath: string | null
  size: number | null
  sha256: string | null
  info: Record<string, unknown> | null
  attempts: number
  crashes: number
  dueAt: Date | null
  error: string | null
}

export interface ItemResult {
  outputPath: string
  size: number
  sha256: string
  info: Record<string, unknown>
}

export interface ItemAudit {
  actor: string
  at: Date
  event: AuditEvent
}

/** Writes of an item name the turn they belong to: a result that comes after a cancel or a retry changes nothing. */
export interface Items {
  of(ticketId: string): Promise<TicketItemRow[]>
  find(ticketId: string, itemId: string): Promise<TicketItemRow | null>
  /** False when the item is done already or not of this turn; then nothing is written, also no audit. */
  finish(ticketId: string, itemId: string, stageVersion: number, result: ItemResult, audit?: ItemAudit): Promise<boolean>
  fail(ticketId: string, itemId: string, stageVersion: number, error: string): Promise<boolean>
  noteAttempt(ticketId: string, itemId: string, stageVersion: number, dueAt: Date, error: string): Promise<boolean>
  /** It waits for something that is away: told, and no attempt. */
  noteWait(ticketId: string, itemId: string, stageVersion: number, dueAt: Date, reason: string): Promise<boolean>
  countCrash(ticketId: string, itemId: string, stageVersion: number): Promise<number | null>
  /** How many are in which status. */
  tally(ticketId: string): Promise<Record<ItemStatus, number>>
}

const COLUMNS = `ticket_id as "ticketId", item_id as "itemId", idx, kind, status, source_path as "sourcePath", output_path as "outputPath",
  size::float8 as size, sha256, info, attempts, crashes, due_at as "dueAt", error`
const TURN = `x.ticket_id = $1 and x.item_id = $2 and x.status = 'waiting'
  and exists (select 1 from tickets t where t.id = x.ticket_id and t.stage_version = $3 and t.stage = 'convert')`

interface Finish {
  ticketId: string
  itemId: string
  stageVersion: number
  result: ItemResult
  audit?: ItemAudit
}

const FINISH = `
with i as (
  select * from jsonb_to_recordset($1::jsonb) as i("ticketId" uuid, "itemId" text, "stageVersion" int, "outputPath" text, size bigint,
    sha256 text, info jsonb, audit jsonb)
), done as (
  update ticket_items x set status = 'done', output_path = i."outputPath", size = i.size, sha256 = i.sha256, info = i.info,
    error = null, due_at = null, done_at = now()
  from i join tickets t on t.id = i."ticketId" and t.stage_version = i."stageVersion" and t.stage = 'convert'
  where x.ticket_id = i."ticketId" and x.item_id = i."itemId" and x.status = 'waiting'
  returning x.ticket_id, x.item_id, i.audit
), told as (
  insert into audit_events (ticket_id, event_type, actor, at, payload)
  select d.ticket_id, a.event_type, a.actor, a.at, a.payload
  from done d cross join lateral jsonb_to_record(d.audit) as a(event_type text, actor text, at timestamptz, payload jsonb)
  where d.audit is not null
)
select ticket_id || '/' || item_id as key from done`

export function createItems(pool: pg.Pool, onAudit?: (entries: WrittenAudit[]) => void): Items {
  const finish = createBatcher<Finish, boolean>({
    key: ({ ticketId, itemId }) => `${ticketId}/${itemId}`,
    run: async (inputs) => {
      const rowsIn = inputs.map(({ result, audit, ...rest }) => ({ ...rest, ...result, audit: audit && auditRow(rest.ticketId, audit) }))
      const { rows } = await pool.query<{ key: string }>({ name: 'items-finish', text: FINISH, values: [toJson(rowsIn)] })
      const done = new Set(rows.map((row) => row.key))
      const results = inputs.map(({ ticketId, itemId }) => done.has(`${ticketId}/${itemId}`))
      onAudit?.(rowsIn.flatMap(({ audit }, index) => (results[index] && audit ? [audit] : [])))
      return results
    },
  })

  async function change(set: string, values: unknown[]): Promise<boolean> {
    const { rowCount } = await pool.query(`update ticket_items x set ${set} where ${TURN}`, values)
    return rowCount === 1
  }

  return {
    async of(ticketId) {
      const { rows } = await pool.query<TicketItemRow>({
        name: 'items-of',
        text: `select ${COLUMNS} from ticket_items where ticket_id = $1 order by idx`,
        values: [ticketId],
      })
      return rows
    },
    async find(ticketId, itemId) {
      const { rows } = await pool.query<TicketItemRow>({
        name: 'items-find',
        text: `select ${COLUMNS} from ticket_items where ticket_id = $1 and item_id = $2`,
        values: [ticketId, itemId],
      })
      return rows[0] ?? null
    },
    finish: (ticketId, itemId, stageVersion, result, audit) => finish({ ticketId, itemId, stageVersion, result, audit }),
    fail: (ticketId, itemId, stageVersion, error) =>
      change(`status = 'failed', error = $4, attempts = attempts + 1`, [ticketId, itemId, stageVersion, toText(error, 2000)]),
    noteAttempt: (ticketId, itemId, stageVersion, dueAt, error) =>
      change('attempts = attempts + 1, due_at = $4, error = $5', [ticketId, itemId, stageVersion, dueAt, toText(error, 2000)]),
    noteWait: (ticketId, itemId, stageVersion, dueAt, reason) =>
      change('due_at = $4, error = $5', [ticketId, itemId, stageVersion, dueAt, toText(reason, 2000)]),
    async countCrash(ticketId, itemId, stageVersion) {
      const { rows } = await pool.query<{ crashes: number }>(
        `update ticket_items x set crashes = crashes + 1 where ${TURN} returning crashes`,
        [ticketId, itemId, stageVersion],
      )
      return rows[0]?.crashes ?? null
    },
    async tally(ticketId) {
      const { rows } = await pool.query<{ status: ItemStatus; count: number }>({
        name: 'items-tally',
        text: 'select status, count(*)::int as count from ticket_items where ticket_id = $1 group by status',
        values: [ticketId],
      })
      return { waiting: 0, done: 0, failed: 0, ...Object.fromEntries(rows.map((row) => [row.status, row.count])) }
    },
  }
}

function auditRow(ticketId: string, { actor, at, event }: ItemAudit): WrittenAudit {
  return { ticket_id: ticketId, event_type: event.type, actor, at: at.toISOString(), payload: event.payload }
}
