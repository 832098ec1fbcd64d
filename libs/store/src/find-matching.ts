import type { StateName } from '@torrentino/domain'
import type pg from 'pg'

export interface TicketMatch {
  states: readonly StateName[]
  requestedBy?: string
  createdAfter?: Date
  createdBefore?: Date
  ids?: readonly string[]
}

/** How many tickets fit, and the oldest of them. */
export async function findMatching(
  pool: pg.Pool,
  match: TicketMatch,
  limit: number,
): Promise<{ count: number; tickets: { id: string; state: StateName }[] }> {
  const { text, values } = matchingQuery(match, limit)
  const { rows } = await pool.query<{ id: string; state: StateName; count: number }>(text, values)
  return { count: rows[0]?.count ?? 0, tickets: rows.map(({ id, state }) => ({ id, state })) }
}

export function matchingQuery(match: TicketMatch, limit: number): { text: string; values: unknown[] } {
  const values: unknown[] = [match.states]
  const where = ['state = any($1::text[])']
  const add = (condition: string, value: unknown) => {
    if (value === undefined) return
    values.push(value)
    where.push(`${condition.replace('?', `$${values.length}`)}`)
  }
  add('requested_by = ?', match.requestedBy)
  add('created_at >= ?', match.createdAfter)
  add('created_at < ?', match.createdBefore)
  add('id = any(?::uuid[])', match.ids)
  const text = `select id, state, count(*) over ()::int as count from tickets where ${where.join(' and ')} order by created_at, id limit ${limit}`
  return { text, values }
}
