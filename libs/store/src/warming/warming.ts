import { type AuditEvent, CACHE_WARMER, type StateName, TERMINAL_STATES } from '@torrentino/domain'
import type pg from 'pg'
import type { UncoveredArtist } from '../catalog/catalog.js'
import { toJson } from '../json.js'
import { createNotedChange } from '../noted-change.js'
import type { WrittenAudit } from '../pool.js'
import { type Budget, createBudget } from './budget.js'

/** What the cache warmer has found out, and still has to do. */
export interface WarmerState {
  scannedAt: string | null
  /** Those still to be looked after, the most wanted first. */
  artists: UncoveredArtist[]
  /** Of the last scan, those who were not, and why. */
  skipped: { artist: string; reason: string }[]
  /** Why none of them is at present. */
  heldBack: string | null
}

export interface Look {
  state: WarmerState
  audit: AuditEvent[]
}

export interface Warming extends Budget {
  /**
   * One at a time in the whole system; false where another is at it. What `look` answers is written at its end: of one that dies
   * nothing is, and the next one begins where it did.
   */
  alone(actor: string, look: (state: WarmerState) => Promise<Look>): Promise<boolean>
  state(): Promise<WarmerState>
  /** Tickets of the warmer that are not over. */
  underWay(): Promise<number>
  /** Somebody waits for a search, a decision or a place, and not only for another ticket. */
  othersWait(): Promise<boolean>
  /** Artists, as tickets name them, that are or were tried from then on; where a fault of ours was the end, they were not. */
  triedSince(since: Date): Promise<string[]>
}

const NOTHING: WarmerState = { scannedAt: null, artists: [], skipped: [], heldBack: null }
const WAITING = ['pending', 'searching', 'matching', 'auto_approved', 'approved'] as const satisfies StateName[]

export function createWarming(pool: pg.Pool, onAudit?: (entries: WrittenAudit[]) => void): Warming {
  const noted = createNotedChange(pool, onAudit)

  async function count(text: string, values: unknown[]): Promise<number> {
    return (await pool.query<{ count: number }>(`select count(*)::int as count from (${text}) as counted`, values)).rows[0]?.count ?? 0
  }

  return {
    async alone(actor, look) {
      await pool.query('insert into cache_warmer (state) values ($1) on conflict do nothing', [toJson(NOTHING)])
      return noted(async (client) => {
        const { rows } = await client.query<{ state: WarmerState }>('select state from cache_warmer for update skip locked')
        if (!rows[0]) return null
        const { state, audit } = await look(rows[0].state)
        await client.query('update cache_warmer set state = $1', [toJson(state)])
        return audit.map((event) => ({ ticketId: null, actor, event }))
      })
    },
    async state() {
      return (await pool.query<{ state: WarmerState }>('select state from cache_warmer')).rows[0]?.state ?? NOTHING
    },
    underWay: () => count('select from tickets where requested_by = $1 and state <> all($2::text[])', [CACHE_WARMER, TERMINAL_STATES]),
    async othersWait() {
      const waiting = `select from tickets where state = any($1::text[]) and requested_by <> $2 and not state_data ? 'linked_to' limit 1`
      return (await count(waiting, [WAITING, CACHE_WARMER])) > 0
    },
    async triedSince(since) {
      const { rows } = await pool.query<{ artist: string }>(
        `select distinct request -> 'search' ->> 'artist' as artist from tickets
         where requested_by = $1 and (created_at >= $2 or state <> all($3::text[])) and state <> 'failed'`,
        [CACHE_WARMER, since, TERMINAL_STATES],
      )
      return rows.map(({ artist }) => artist)
    },
    ...createBudget(pool),
  }
}
