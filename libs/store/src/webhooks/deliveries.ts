import type { AuditEvent, WebhookEvent, WebhookOff } from '@torrentino/domain'
import type pg from 'pg'
import { toJson, toText } from '../json.js'

/** A webhook whose turn somebody has, for as long as he says so again and again. */
export interface WebhookTurn {
  id: string
  lease: string
  owner: string
  url: string
  events: WebhookEvent[]
  allTickets: boolean
  secret: string
  cursor: number
  failures: number
}

export interface NewDelivery {
  eventId: string
  event: WebhookEvent
  seq: number
  ticketId: string
}

export interface DueDelivery {
  id: string
  eventId: string
  event: WebhookEvent | 'test'
  seq: number | null
  attempts: number
  createdAt: Date
}

export interface DeliveryFailure {
  error: string
  /** Null: it is not tried again by itself. */
  retryMs: number | null
  /** How long the webhook rests. */
  pauseMs: number
}

/** What those who deliver need. All of it is guarded by the lease, and by the clock of the database. */
export interface WebhookDeliveries {
  /** Turns of webhooks that have something to be told; of each one at most one exists. */
  claim(limit: number, leaseMs: number): Promise<WebhookTurn[]>
  /** Deliveries for the steps up to `cursor`, and the mark that these are there; false when the turn is over. */
  feed(turn: WebhookTurn, deliveries: NewDelivery[], cursor: number): Promise<boolean>
  waiting(turn: WebhookTurn): Promise<number>
  /** The next one that is due: of each ticket only its oldest. Keeps the lease; null also when the turn is over. */
  next(turn: WebhookTurn, leaseMs: number): Promise<DueDelivery | null>
  delivered(turn: WebhookTurn, delivery: DueDelivery): Promise<void>
  failed(turn: WebhookTurn, delivery: DueDelivery, failure: DeliveryFailure): Promise<void>
  switchOff(turn: WebhookTurn, actor: string, reason: WebhookOff): Promise<void>
  release(turn: WebhookTurn): Promise<void>
  /** Dead letters older than this are forgotten; how many these were. */
  forgetDead(olderThanDays: number): Promise<number>
}

type Changed = (
  actor: string,
  change: (client: pg.PoolClient) => Promise<{ id: string; owner: string; url: string } | undefined>,
  event: (told: { webhook_id: string; owner: string; origin: string }) => AuditEvent,
) => Promise<boolean>

// The end of what happened is looked at once, and for each webhook the begin of an index. With `exists` the planner would
// count on an early find, and read all from the front where there is none.
export const CLAIM = `with free as (
    select w.id from webhooks w
    where w.enabled and w.due_at <= now() and (w.leased_until is null or w.leased_until < now())
      and (w.cursor < (select max(seq) from ticket_transitions)
        or (select min(d.due_at) from webhook_deliveries d where d.webhook_id = w.id and d.dead_at is null) <= now())
    order by w.due_at limit $1 for update skip locked
  )
  update webhooks w set lease = gen_random_uuid(), leased_until = now() + $2 * interval '1 ms' from free where w.id = free.id
  returning w.id, w.lease, w.owner, w.url, w.events, w.all_tickets as "allTickets", w.secret, w.cursor, w.failures`

const FEED = `with fed as (update webhooks set cursor = $3 where id = $1 and lease = $2 returning id),
  added as (
    insert into webhook_deliveries (webhook_id, event_id, event, seq, ticket_id)
    select fed.id, d.event_id, d.event, d.seq, d.ticket_id
    from fed, rows from (jsonb_to_recordset($4::jsonb) as (event_id text, event text, seq bigint, ticket_id uuid))
      with ordinality as d(event_id, event, seq, ticket_id, n)
    order by d.n on conflict (webhook_id, event_id) do nothing
  )
  select id from fed`

export const NEXT = `with held as (
    update webhooks set leased_until = now() + $3 * interval '1 ms' where id = $1 and lease = $2 and enabled returning id
  )
  select d.id, d.event_id as "eventId", d.event, d.seq, d.attempts, d.created_at as "createdAt" from held, webhook_deliveries d
  where d.webhook_id = held.id and d.dead_at is null and d.due_at <= now()
    and not exists (
      select from webhook_deliveries e
      where e.webhook_id = d.webhook_id and e.dead_at is null and e.ticket_id = d.ticket_id and e.id < d.id
    )
  order by d.due_at, d.id limit 1`

const DELIVERED = `with gone as (delete from webhook_deliveries where id = $1)
  update webhooks set failures = 0, last_delivery = $3 where id = $2`

const FAILED = `with turn as (
    update webhooks set failures = failures + 1, last_delivery = $7, due_at = now() + $6::float * interval '1 ms'
    where id = $2 and lease = $3 returning id
  )
  update webhook_deliveries d set attempts = attempts + 1, error = $4, due_at = now() + coalesce($5::float, 0) * interval '1 ms',
    dead_at = case when $5::float is null then now() end
  from turn where d.id = $1`

export function createDeliveries(pool: pg.Pool, changed: Changed): WebhookDeliveries {
  return {
    async claim(limit, leaseMs) {
      const { rows } = await pool.query<WebhookTurn & { cursor: string }>({ name: 'webhooks-claim', text: CLAIM, values: [limit, leaseMs] })
      return rows.map((row) => ({ ...row, cursor: Number(row.cursor) }))
    },
    async feed({ id, lease }, deliveries, cursor) {
      const rows = deliveries.map(({ eventId, event, seq, ticketId }) => ({ event_id: eventId, event, seq, ticket_id: ticketId }))
      return (await pool.query(FEED, [id, lease, cursor, toJson(rows)])).rows.length > 0
    },
    async waiting({ id }) {
      const { rows } = await pool.query<{ count: number }>(
        'select count(*)::int as count from webhook_deliveries where webhook_id = $1 and dead_at is null',
        [id],
      )
      return rows[0]?.count ?? 0
    },
    async next({ id, lease }, leaseMs) {
      const { rows } = await pool.query<DueDelivery & { seq: string | null }>(NEXT, [id, lease, leaseMs])
      return rows[0] ? { ...rows[0], seq: rows[0].seq === null ? null : Number(rows[0].seq) } : null
    },
    async delivered({ id }, delivery) {
      await pool.query(DELIVERED, [delivery.id, id, last(delivery, null)])
    },
    async failed({ id, lease }, delivery, { error, retryMs, pauseMs }) {
      const text = toText(error, 500)
      await pool.query(FAILED, [delivery.id, id, lease, text, retryMs, pauseMs, last(delivery, text)])
    },
    async switchOff({ id, lease }, actor, reason) {
      await changed(
        actor,
        async (client) =>
          (
            await client.query<{ id: string; owner: string; url: string }>(
              `update webhooks set enabled = false, off_reason = $3 where id = $1 and lease = $2 and enabled returning id, owner, url`,
              [id, lease, reason],
            )
          ).rows[0],
        (told) => ({ type: 'WebhookSwitchedOff', payload: { ...told, reason } }),
      )
    },
    async release({ id, lease }) {
      // The others come first now.
      await pool.query(
        'update webhooks set lease = null, leased_until = null, due_at = greatest(due_at, now()) where id = $1 and lease = $2',
        [id, lease],
      )
    },
    async forgetDead(olderThanDays) {
      const { rowCount } = await pool.query(`delete from webhook_deliveries where dead_at < now() - $1 * interval '1 day'`, [olderThanDays])
      return rowCount ?? 0
    },
  }
}

function last({ eventId }: DueDelivery, error: string | null): string {
  return toJson({ event_id: eventId, at: new Date().toISOString(), error })
}
