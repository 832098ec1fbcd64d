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
    tail: createTail(pool),
  }
}

/** Numbers up to `head` were drawn by transactions with an id below `xid`. */
interface Watch {
  head: number
  xid: bigint
}

/**
 * A row's number is drawn by a transaction that already has its id (the door updates the ticket first). So a gap is watched:
 * an id drawn after the gap was seen is above those of all who may still fill it, and once everybody below it has ended, the
 * gap stays empty. What was found out is kept, so that a gap is passed at the next look even where somebody always writes.
 */
function createTail(pool: pg.Pool): Steps['tail'] {
  let horizon = 0
  let watch: Watch | null = null

  async function read(after: number, limit: number): Promise<{ steps: StepEvent[]; settled: number }> {
    // Only what was found out before this reading says anything about it.
    const [known, watched] = [horizon, watch]
    const { rows } = await pool.query<StepRow & { oldest: string }>(
      `select ${COLUMNS}, pg_snapshot_xmin(pg_current_snapshot())::text as oldest
       from ticket_transitions where seq > $1 order by seq limit $2`,
      [after, limit],
    )
    const steps = rows.map(toStep)
    const oldest = rows[0] ? BigInt(rows[0].oldest) : 0n
    const ended = watched !== null && oldest >= watched.xid
    const passable = ended ? Math.max(known, watched.head) : known
    if (ended && watch === watched) watch = null
    // Fewer steps than there were: the database was restored, and nothing that was known of it counts.
    const restored = rows.length < limit && (steps.at(-1)?.seq ?? after) < known
    if (restored) watch = null
    horizon = restored ? 0 : Math.max(horizon, passable)
    return { steps, settled: settledOf(steps, after, restored ? 0 : passable) }
  }

  return async (after, limit) => {
    const page = await read(after, limit)
    const last = page.steps.at(-1)?.seq ?? after
    if (page.settled === last || watch) return page
    const { rows } = await pool.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
    watch = { head: last, xid: BigInt(rows[0]?.xid ?? 0) }
    return read(after, limit)
  }
}

/** The end of the unbroken run behind `after`, where gaps up to the horizon do not count. */
function settledOf(steps: StepEvent[], after: number, horizon: number): number {
  let settled = after
  for (const { seq } of steps) {
    if (seq > horizon && seq !== settled + 1) break
    settled = seq
  }
  return settled
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
