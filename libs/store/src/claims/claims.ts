import { STATES, type StateName } from '@torrentino/domain'
import type pg from 'pg'
import { AT_REST } from '../at-rest.js'
import type { WantedTrack } from '../catalog/coverage.js'
import { inTransaction } from '../transaction.js'
import { contentKeys } from './content-keys.js'

/** A ticket that others wait for. */
export interface Primary {
  state: StateName
  /** False: whoever waits for it waits in vain. */
  isAtWork: boolean
  /** The torrent that it loads or has loaded. */
  infoHash: string | null
  /** What that torrent holds stands in the catalog, with what this ticket took of it. */
  isRegistered: boolean
  /** Torrents that have failed it. */
  blocked: string[]
}

export interface Links {
  linkedTo: { ticketId: string; state: StateName } | null
  /** Tickets that this one has linked to it, the oldest first. */
  linked: string[]
}

/** Who sees to what content. A claim counts as long as its ticket is at work, so nothing has to be given back. */
export interface Claims {
  /**
   * The ticket that sees already to something of what this one wants, the oldest; then this one is linked to it, and it is as urgent as
   * this one. Null: there is none, and this ticket now does. Of many that ask at once for the same, exactly one gets null.
   */
  claim(ticket: Claimant, wanted: readonly WantedTrack[]): Promise<string | null>
  /** The ticket that this one is linked to, as long as that one is at work and not linked itself: then nothing is to be claimed anew. */
  link(ticketId: string): Promise<string | null>
  /** The ticket sees to its content itself, whoever else does. */
  claimAlone(ticketId: string, wanted: readonly WantedTrack[]): Promise<void>
  /** From now on the ticket does not wait for that one. */
  release(ticketId: string, from: string): Promise<void>
  primary(ticketId: string): Promise<Primary | null>
  links(ticketId: string): Promise<Links>
}

export interface Claimant {
  id: string
  priority: number
  /** Where it is another number than before, the ticket begins anew and comes after all others. */
  retries: number
}

const AT_WORK: readonly StateName[] = STATES.filter((state) => !AT_REST.includes(state))
/** Of a ticket in the table named: it gets on by itself, or as soon as a human has approved of something. */
const isAtWork = (table: string, states: string) => `(${table}.state = any(${states}::text[]) and not ${table}.state_data ? 'paused')`

/** In one order, so that claims which meet wait for each other and not in a ring. Held until the end of the transaction. */
const lock = (keys: readonly string[]) =>
  `select pg_advisory_xact_lock(k) from (select unnest('{${keys.map(BigInt)}}'::bigint[]) as k order by k) as keys`

/**
 * Only an older claim is linked to, so links never run in a ring; and one that is not linked to a ticket at work itself, so that nobody
 * waits for what he does not want.
 */
const CLAIM = `
with me as (
  select seq, released_from from content_claims where ticket_id = $1 and retries = $5
), primary_ticket as (
  select c.ticket_id from content_claims c join tickets t on t.id = c.ticket_id
  where c.keys && $2::bigint[] and c.ticket_id <> $1 and ${isAtWork('t', '$3')}
    and not exists (select from me where c.seq > me.seq)
    and not exists (select from content_claims m where m.ticket_id = $1 and c.ticket_id = any(m.released_from))
    and not exists (select from tickets p where p.id = c.primary_id and p.id <> $1 and ${isAtWork('p', '$3')})
  order by c.seq limit 1
), mine as (
  insert into content_claims as c (ticket_id, keys, retries, primary_id) values ($1, $2, $5, (select ticket_id from primary_ticket))
  on conflict (ticket_id) do update set keys = excluded.keys, retries = excluded.retries, primary_id = excluded.primary_id,
    seq = case when c.retries = excluded.retries then c.seq else nextval('content_claims_seq_seq') end
), freed as (
  update content_claims set primary_id = null where primary_id = $1 and not exists (select from me)
), raised as (
  update tickets t set priority = $4 from primary_ticket p where t.id = p.ticket_id and t.priority > $4
)
select ticket_id from primary_ticket`

const LINK = `
select c.primary_id as to from content_claims c join tickets t on t.id = c.primary_id left join content_claims m on m.ticket_id = t.id
where c.ticket_id = $1 and ${isAtWork('t', '$2')}
  and not exists (select from tickets p where p.id = m.primary_id and ${isAtWork('p', '$2')})`

const PRIMARY = `
select t.state, ${isAtWork('t', '$2')} as "isAtWork", t.work -> 'download' ->> 'info_hash' as "infoHash",
  exists (select from torrent_contents c where c.info_hash = t.work -> 'download' ->> 'info_hash') as "isRegistered",
  coalesce(jsonb_path_query_array(t.work, '$.blocklist[*].info_hash ? (@ != null)'), '[]') as blocked
from tickets t where t.id = $1`

export function createClaims(pool: pg.Pool): Claims {
  return {
    async claim({ id, priority, retries }, wanted) {
      const keys = contentKeys(wanted)
      const values = [id, keys.tracks, AT_WORK, priority, retries]
      const claim = (client: pg.PoolClient) => client.query<{ ticket_id: string }>({ name: 'claims-claim', text: CLAIM, values })
      const { rows } = await inTransaction(pool, claim, lock(keys.groups))
      return rows[0]?.ticket_id ?? null
    },
    async link(ticketId) {
      const { rows } = await pool.query<{ to: string }>({ name: 'claims-link', text: LINK, values: [ticketId, AT_WORK] })
      return rows[0]?.to ?? null
    },
    async claimAlone(ticketId, wanted) {
      await pool.query(
        `insert into content_claims (ticket_id, keys) values ($1, $2)
         on conflict (ticket_id) do update set keys = excluded.keys, primary_id = null`,
        [ticketId, contentKeys(wanted).tracks],
      )
    },
    async release(ticketId, from) {
      await pool.query(
        `update content_claims set released_from = array_append(released_from, $2::uuid), primary_id = nullif(primary_id, $2::uuid)
         where ticket_id = $1 and $2::uuid <> all(released_from)`,
        [ticketId, from],
      )
    },
    async primary(ticketId) {
      const { rows } = await pool.query<Primary>({ name: 'claims-primary', text: PRIMARY, values: [ticketId, AT_WORK] })
      return rows[0] ?? null
    },
    async links(ticketId) {
      const { rows } = await pool.query<{ id: string; state: StateName; isPrimary: boolean }>({
        name: 'claims-links',
        text: `select t.id, t.state, true as "isPrimary" from content_claims c join tickets t on t.id = c.primary_id where c.ticket_id = $1
          union all
          (select t.id, t.state, false from content_claims c join tickets t on t.id = c.ticket_id where c.primary_id = $1
           order by c.seq limit 1000)`,
        values: [ticketId],
      })
      const primary = rows.find(({ isPrimary }) => isPrimary)
      return {
        linkedTo: primary ? { ticketId: primary.id, state: primary.state } : null,
        linked: rows.flatMap(({ id, isPrimary }) => (isPrimary ? [] : [id])),
      }
    },
  }
}
