import { OPEN_STATES, STATES } from '@torrentino/domain'
import type pg from 'pg'
import { inTransaction } from '../transaction.js'
import type { StepWrite } from './step-write.js'

/** Of a user: how many are not over, how many were filed since then, and when the oldest of those was. */
export interface TicketCounts {
  open: number
  filed: number
  oldest: Date | null
}

/** Who may file no more than so many tickets. */
export interface TicketQuota {
  since: Date
  /** Throws where these are too many for one more. */
  check(found: TicketCounts): void
}

/** All states are named, so that the index of a user's tickets is used in both parts. */
const COUNT_OF = `
select o.open, f.filed, f.oldest from
  (select count(*)::int as open from tickets where requested_by = $1 and state = any($2::text[])) as o,
  (select count(*)::int as filed, min(created_at) as oldest from tickets
    where requested_by = $1 and state = any($3::text[]) and created_at >= $4) as f`

const IS_THERE = 'select from tickets where id = $1 or (requested_by = $2 and idempotency_key = $3)'

/** Counts and writes under a lock of the user, so that the tickets of one count exactly, through whatever gateway they come. */
export function withinQuota<T>(
  pool: pg.Pool,
  step: StepWrite,
  quota: TicketQuota,
  write: (client: pg.PoolClient) => Promise<T>,
): Promise<T | null> {
  const { id, requestedBy } = step.ticket
  return inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`tickets of ${requestedBy}`])
    // Who sends the same again wants to know of it, and has it counted already.
    if ((await client.query(IS_THERE, [id, requestedBy, step.create?.idempotencyKey ?? null])).rowCount !== 0) return null
    const { rows } = await client.query<TicketCounts>(COUNT_OF, [requestedBy, OPEN_STATES, STATES, quota.since])
    quota.check(rows[0] ?? { open: 0, filed: 0, oldest: null })
    return write(client)
  })
}
