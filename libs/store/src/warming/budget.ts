import type pg from 'pg'
import { inTransaction } from '../transaction.js'

/** In bytes. */
export interface WarmingBudget {
  /** What was loaded for the warmer may take. */
  own: number
  /** What all torrents together may take before others would have to go; Infinity where nothing is removed. */
  all: number
}

/** What is on disk, and what is promised to downloads that are under way. */
export type Held = WarmingBudget

export interface Budget {
  held(): Promise<Held>
  room(budget: WarmingBudget): Promise<number>
  /** Promises so many bytes to the torrent; false where the budget would be exceeded. What it was promised once, it has. */
  reserve(infoHash: string, bytes: number, budget: WarmingBudget): Promise<boolean>
}

const HELD = `select coalesce(sum(warmed_bytes), 0)::float8 as own,
  coalesce(sum(greatest(size_bytes, coalesce(warmed_bytes, 0))), 0)::float8 as all from torrents`

// Two who look at once would both find the same room.
const ONE_BY_ONE = `select pg_advisory_xact_lock(hashtext('cache_warmer budget'))`

const RESERVE = `
update torrents set warmed_bytes = $2 from (${HELD} where info_hash <> $1) as others
where info_hash = $1 and (warmed_bytes >= $2 or others.own + $2 <= $3::float8 and others.all + $2 <= $4::float8)`

export function createBudget(pool: pg.Pool): Budget {
  async function held(): Promise<Held> {
    return (await pool.query<Held>(HELD)).rows[0] ?? { own: 0, all: 0 }
  }

  return {
    held,
    async room({ own, all }) {
      const taken = await held()
      return Math.max(0, Math.min(own - taken.own, all - taken.all))
    },
    async reserve(infoHash, bytes, { own, all }) {
      const values = [infoHash, Math.round(bytes), own, all]
      const { rowCount } = await inTransaction(pool, (client) => client.query(RESERVE, values), ONE_BY_ONE)
      return rowCount === 1
    },
  }
}
