import type pg from 'pg'
import { createBatcher } from './batcher.js'
import { toJson, toText } from './json.js'

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

export interface DueItem {
  itemId: string
  idx: number
}

/** Writes of an item name the turn they belong to: a result that comes after a cancel or a retry changes nothing. */
export interface Items {
  of(ticketId: string): Promise<TicketItemRow[]>
  find(ticketId: string, itemId: string): Promise<TicketItemRow | null>
  finish(ticketId: string, itemId: string, stageVersion: number, result: ItemResult): Promise<boolean>
  fail(ticketId: string, itemId: string, stageVersion: number, error: string): Promise<boolean>
  noteAttempt(ticketId: string, itemId: string, stageVersion: number, dueAt: Date, error: string): Promise<boolean>
  countCrash(ticketId: string, itemId: string, stageVersion: number): Promise<number | null>
  /** How many are in which status. */
  tally(ticketId: string): Promise<Record<ItemStatus, number>>
  due(ticketId: string): Promise<DueItem[]>
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
}

export function createItems(pool: pg.Pool): Items {
  const finish = createBatcher<Finish, boolean>({
    key: ({ ticketId, itemId }) => `${ticketId}/${itemId}`,
    run: async (inputs) => {
      const { rows } = await pool.query<{ key: string }>({
        name: 'items-finish',
        text: `update ticket_items x set status = 'done', output_path = i."outputPath", size = i.size, sha256 = i.sha256, info = i.info,
                 error = null, due_at = null, done_at = now()
               from jsonb_to_recordset($1::jsonb) as i("ticketId" uuid, "itemId" text, "stageVersion" int, "outputPath" text, size bigint,
                 sha256 text, info jsonb)
               join tickets t on t.id = i."ticketId" and t.stage_version = i."stageVersion" and t.stage = 'convert'
               where x.ticket_id = i."ticketId" and x.item_id = i."itemId" and x.status = 'waiting'
               returning x.ticket_id || '/' || x.item_id as key`,
        values: [toJson(inputs.map(({ result, ...rest }) => ({ ...rest, ...result })))],
      })
      const done = new Set(rows.map((row) => row.key))
      return inputs.map(({ ticketId, itemId }) => done.has(`${ticketId}/${itemId}`))
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
    finish: (ticketId, itemId, stageVersion, result) => finish({ ticketId, itemId, stageVersion, result }),
    fail: (ticketId, itemId, stageVersion, error) =>
      change(`status = 'failed', error = $4, attempts = attempts + 1`, [ticketId, itemId, stageVersion, toText(error, 2000)]),
    noteAttempt: (ticketId, itemId, stageVersion, dueAt, error) =>
      change('attempts = attempts + 1, due_at = $4, error = $5', [ticketId, itemId, stageVersion, dueAt, toText(error, 2000)]),
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
    async due(ticketId) {
      const { rows } = await pool.query<DueItem>(
        `select item_id as "itemId", idx from ticket_items
         where ticket_id = $1 and status = 'waiting' and (due_at is null or due_at < now()) order by idx`,
        [ticketId],
      )
      return rows
    },
  }
}
