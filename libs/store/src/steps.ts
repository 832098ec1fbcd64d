import type { StepEvent } from '@torrentino/domain'
import type pg from 'pg'

interface StepRow {
  seq: string
  ticket_id: string
  version: number
  cause: StepEvent['cause']
  from_state: StepEvent['from']
  to_state: StepEvent['to']
  actor: string
  requested_by: string
  reason: string | null
  details: Record<string, unknown>
  at: Date
}

export interface HistoryEntry {
  version: number
  cause: string
  from: string | null
  to: string
  actor: string
  reason: string | null
  at: string
  details: Record<string, unknown>
}

export interface Steps {
  history(ticketId: string): Promise<HistoryEntry[]>
  find(ticketId: string, version: number): Promise<StepEvent | null>
  /** Steps with `after < seq <= upTo` in order. */
  between(after: number, upTo: number, limit: number, ticketId?: string): Promise<StepEvent[]>
  /**
   * The steps behind `after` that no earlier one can still join: numbers are drawn before the commit, so a gap may be a
   * transaction under way. `settled` is the highest number below which every gap is known to be empty for ever.
   */
  tail(after: number, limit: number): Promise<{ steps: StepEvent[]; settled: number }>
}

const COLUMNS = 'seq, ticket_id, version, cause, from_state, to_state, actor, requested_by, reason, details, at'

export function createSteps(pool: pg.Pool): Steps {
  return {
    async history(ticketId) {
      const { rows } = await pool.query<StepRow>(`select ${COLUMNS} from ticket_transitions where ticket_id = $1 order by version`, [
        ticketId,
      ])
      return rows.map((row) => ({
        version: row.version,
        cause: row.cause,
        from: row.from_state,
        to: row.to_state,
        actor: row.actor,
        reason: row.reason,
        at: row.at.toISOString(),
        details: row.details,
      }))
    },
    async find(ticketId, version) {
      const { rows } = await pool.query<StepRow>(`select ${COLUMNS} from ticket_transitions where ticket_id = $1 and version = $2`, [
        ticketId,
        version,
      ])
      return rows[0] ? toStep(rows[0]) : null
    },
    async between(after, upTo, limit, ticketId) {
      const { rows } = await pool.query<StepRow>(
        `select ${COLUMNS} from ticket_transitions where seq > $1 and seq <= $2 ${ticketId ? 'and ticket_id = $4' : ''} order by seq limit $3`,
        ticketId ? [after, upTo, limit, ticketId] : [after, upTo, limit],
      )
      return rows.map(toStep)
    },
    tail: (after, limit) => readTail(pool, after, limit),
  }
}

/**
 * A row's number is drawn by a transaction that already has its id (the door updates the ticket first). So once every
 * transaction that was open when the highest number was read has ended, a gap below that number stays empty.
 */
async function readTail(pool: pg.Pool, after: number, limit: number): Promise<{ steps: StepEvent[]; settled: number }> {
  const head = await pool.query<{ head: string; open: string }>(
    'select coalesce(max(seq), 0) as head, pg_snapshot_xmax(pg_current_snapshot()) as open from ticket_transitions',
  )
  const { head: top = '0', open = '0' } = head.rows[0] ?? {}
  const { rows } = await pool.query<StepRow & { done: boolean }>(
    `select ${COLUMNS}, pg_snapshot_xmin(pg_current_snapshot()) >= $4::text::xid8 as done
     from ticket_transitions where seq > $1 and seq <= $2 order by seq limit $3`,
    [after, top, limit, open],
  )
  const steps = rows.map(toStep)
  if (rows[0]?.done) return { steps, settled: rows.length < limit ? Math.max(Number(top), after) : (steps.at(-1)?.seq ?? after) }
  let settled = after
  for (const step of steps) {
    if (step.seq !== settled + 1) break
    settled = step.seq
  }
  return { steps, settled }
}

export function toStep(row: StepRow): StepEvent {
  return {
    kind: 'step',
    seq: Number(row.seq),
    ticket_id: row.ticket_id,
    requested_by: row.requested_by,
    version: row.version,
    cause: row.cause,
    from: row.from_state,
    to: row.to_state,
    reason: row.reason,
    at: row.at.toISOString(),
    details: row.details,
  }
}
