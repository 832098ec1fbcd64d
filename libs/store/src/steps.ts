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

/** Numbers up to `head` were drawn by transactions of which only these may still be under way. */
interface Watch {
  head: number
  writers: string[]
}

/** Who writes steps. The lock of a transaction goes after its steps can be seen. */
const WRITERS = `select virtualtransaction as writer from pg_locks where relation = 'ticket_transitions'::regclass
  and database = (select oid from pg_database where datname = current_database()) and mode = 'RowExclusiveLock' and granted`

/**
 * Who draws a number has the table's lock by then and keeps it to its end. So a gap is watched: whoever writes after the gap was seen
 * may fill it, and once none of those writes any more, the gap stays empty. Others do not count, be they in another database or
 * building an index for an hour. What was found out is kept, so that a gap is passed at the next look even where somebody always writes.
 */
function createTail(pool: pg.Pool): Steps['tail'] {
  let horizon = 0
  let watch: Watch | null = null

  async function writers(): Promise<string[]> {
    const { rows } = await pool.query<{ writer: string }>(WRITERS)
    return rows.map(({ writer }) => writer)
  }

  async function areOver({ writers: watched }: Watch): Promise<boolean> {
    const now = new Set(await writers())
    return !watched.some((writer) => now.has(writer))
  }

  async function read(after: number, limit: number): Promise<{ steps: StepEvent[]; settled: number }> {
    // Only what was found out before this reading says anything about it.
    const [known, watched] = [horizon, watch]
    const ended = watched !== null && (await areOver(watched))
    const { rows } = await pool.query<StepRow>(`select ${COLUMNS} from ticket_transitions where seq > $1 order by seq limit $2`, [
      after,
      limit,
    ])
    const steps = rows.map(toStep)
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
    watch = { head: last, writers: await writers() }
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
