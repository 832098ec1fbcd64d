import { STATES_IN_QUEUE, type StateName, TIMED_WORK, type TimedWork } from '@torrentino/domain'
import type pg from 'pg'

/** How long a ticket was where this step found it. */
export interface Stay {
  state: StateName
  cause: string
  seconds: number
}

export interface Latencies {
  /** Stays that ended since then, of the latest steps; `from` is later than asked for where there were too many. */
  recent(since: Date): Promise<{ from: Date; stays: Stay[] }>
  /** For how many seconds the oldest ticket that may be in the queue of each stage has been where it is; null where there is none. */
  oldest(): Promise<Record<TimedWork, number | null>>
}

/** The most steps that are looked at, whatever goes on. */
export const MOST_STEPS = 2000

/** By the number of the steps, since they have no index by time; the step before each by the ticket's own index, one by one. */
export const RECENT = `
select before.to_state as state, before.cause, extract(epoch from step.at - before.at)::float8 as seconds, step.at
from (select ticket_id, version, at from ticket_transitions order by seq desc limit ${MOST_STEPS}) as step
left join lateral (select to_state, cause, at from ticket_transitions
  where ticket_id = step.ticket_id and version = step.version - 1 limit 1) as before on true
where step.at >= $1`

/** The oldest ticket of each state by its index, and the last step of that one. */
export const OLDEST = `
select want.state, extract(epoch from now() - last.at)::float8 as seconds
from unnest($1::text[]) as want (state)
cross join lateral (select id from tickets where state = want.state order by created_at limit 1) as ticket
cross join lateral (select at from ticket_transitions where ticket_id = ticket.id order by version desc limit 1) as last`

interface RecentRow {
  state: StateName | null
  cause: string | null
  seconds: number | null
  at: Date
}

export function createLatencies(pool: pg.Pool): Latencies {
  return {
    async recent(since) {
      const { rows } = await pool.query<RecentRow>(RECENT, [since])
      const stays = rows.flatMap(({ state, cause, seconds }) =>
        state === null || cause === null || seconds === null ? [] : [{ state, cause, seconds: Math.max(0, seconds) }],
      )
      const earliest = rows.reduce((first, { at }) => (at < first ? at : first), new Date(8.64e15))
      return { from: rows.length < MOST_STEPS ? since : earliest, stays }
    },
    async oldest() {
      const states = Object.values(STATES_IN_QUEUE).flat()
      const { rows } = await pool.query<{ state: StateName; seconds: number }>(OLDEST, [states])
      const most = (stage: TimedWork) => {
        const found = rows.filter(({ state }) => STATES_IN_QUEUE[stage].includes(state)).map(({ seconds }) => Math.max(0, seconds))
        return found.length === 0 ? null : Math.max(...found)
      }
      return Object.fromEntries(TIMED_WORK.map((stage) => [stage, most(stage)])) as Record<TimedWork, number | null>
    },
  }
}
