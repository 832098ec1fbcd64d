import { randomBytes, randomUUID } from 'node:crypto'
import { type AuditEvent, DomainError, type WebhookEvent, type WebhookOff } from '@torrentino/domain'
import type pg from 'pg'
import { createNotedChange } from '../noted-change.js'
import type { WrittenAudit } from '../pool.js'
import { createDeliveries, type WebhookDeliveries } from './deliveries.js'

export interface StoredWebhook {
  id: string
  owner: string
  url: string
  events: WebhookEvent[]
  allTickets: boolean
  enabled: boolean
  offReason: 'paused' | WebhookOff | null
  failures: number
  waiting: number
  deadLetters: number
  lastDelivery: { event_id: string; at: string; error: string | null } | null
  createdAt: Date
}

export interface NewWebhook {
  owner: string
  url: string
  events: WebhookEvent[]
  allTickets: boolean
}

export interface DeadLetter {
  id: string
  eventId: string
  event: string
  ticketId: string | null
  attempts: number
  error: string | null
  deadAt: Date
}

/** `owner` undefined: anybody's, as admins see them. What is not there, or not the owner's, answers null. */
export interface Webhooks extends WebhookDeliveries {
  /** From now on; the secret is told this once. */
  create(webhook: NewWebhook): Promise<{ webhook: StoredWebhook; secret: string }>
  list(owner: string | undefined): Promise<StoredWebhook[]>
  find(id: string, owner: string | undefined): Promise<StoredWebhook | null>
  delete(id: string, actor: string): Promise<boolean>
  /** What happens while it is paused waits, and is delivered afterwards. */
  setEnabled(id: string, enabled: boolean, actor: string): Promise<StoredWebhook | null>
  /** A delivery that tells of nothing; its event id. */
  addTest(id: string): Promise<string>
  deadLetters(id: string, after: string | undefined, limit: number): Promise<DeadLetter[]>
  /** All, or one of them, are delivered like new ones; how many these are. */
  replay(id: string, deliveryId: string | undefined, actor: string): Promise<number>
}

const MOST_OF_ONE = 20
const SECRET_BYTES = 32
const LIST_LIMIT = 1000

const VIEW = `w.id, w.owner, w.url, w.events, w.all_tickets as "allTickets", w.enabled, w.off_reason as "offReason", w.failures,
  w.last_delivery as "lastDelivery", w.created_at as "createdAt",
  (select count(*)::int from webhook_deliveries d where d.webhook_id = w.id and d.dead_at is null) as waiting,
  (select count(*)::int from webhook_deliveries d where d.webhook_id = w.id and d.dead_at is not null) as "deadLetters"`

type Row = { id: string; owner: string; url: string }
type Told = { webhook_id: string; owner: string; origin: string }

export function createWebhooks(pool: pg.Pool, onAudit?: (entries: WrittenAudit[]) => void): Webhooks {
  const noted = createNotedChange(pool, onAudit)

  /** Of one row. */
  function changed(
    actor: string,
    change: (client: pg.PoolClient) => Promise<Row | undefined>,
    event: (told: Told) => AuditEvent,
  ): Promise<boolean> {
    return noted(async (client) => {
      const row = await change(client)
      if (!row) return null
      const told = { webhook_id: row.id, owner: row.owner, origin: new URL(row.url).origin }
      return [{ ticketId: null, actor, event: event(told) }]
    })
  }

  async function list(where: string, values: unknown[]): Promise<StoredWebhook[]> {
    const { rows } = await pool.query<StoredWebhook>(
      `select ${VIEW} from webhooks w where ${where} order by w.created_at, w.id limit ${LIST_LIMIT}`,
      values,
    )
    return rows
  }

  async function find(id: string, owner: string | undefined): Promise<StoredWebhook | null> {
    const [found] = await list('w.id = $1 and ($2::text is null or w.owner = $2)', [id, owner ?? null])
    return found ?? null
  }

  return {
    ...createDeliveries(pool, changed),
    find,
    list: (owner) => list('$1::text is null or w.owner = $1', [owner ?? null]),
    async create({ owner, url, events, allTickets }) {
      const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`
      let id = ''
      await changed(
        owner,
        async (client) => {
          await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhooks of ${owner}`])
          const [row] = (
            await client.query<Row>(
              `insert into webhooks (owner, url, events, all_tickets, secret, cursor)
               select $1, $2, $3, $4, $5, coalesce((select max(seq) from ticket_transitions), 0)
               where (select count(*) from webhooks where owner = $1) < $6 returning id, owner, url`,
              [owner, url, events, allTickets, secret, MOST_OF_ONE],
            )
          ).rows
          if (!row) throw new DomainError('conflict', `there are ${MOST_OF_ONE} webhooks of ${owner} already`)
          id = row.id
          return row
        },
        (told) => ({ type: 'WebhookCreated', payload: { ...told, events, all_tickets: allTickets } }),
      )
      const webhook = await find(id, owner)
      if (!webhook) throw new DomainError('conflict', 'the webhook was deleted meanwhile')
      return { webhook, secret }
    },
    delete: (id, actor) =>
      changed(
        actor,
        async (client) => {
          const [row] = (await client.query<Row>('delete from webhooks where id = $1 returning id, owner, url', [id])).rows
          await client.query('delete from webhook_deliveries where webhook_id = $1', [id])
          return row
        },
        (payload) => ({ type: 'WebhookDeleted', payload }),
      ),
    async setEnabled(id, enabled, actor) {
      await changed(
        actor,
        async (client) =>
          (
            await client.query<Row>(
              `update webhooks set enabled = $2, off_reason = case when $2 then null else 'paused' end,
                 failures = 0, due_at = now()
               where id = $1 and enabled <> $2 returning id, owner, url`,
              [id, enabled],
            )
          ).rows[0],
        (payload) => ({ type: enabled ? 'WebhookResumed' : 'WebhookPaused', payload }),
      )
      return find(id, undefined)
    },
    async addTest(id) {
      const eventId = `test-${randomUUID()}`
      await pool.query(
        `insert into webhook_deliveries (webhook_id, event_id, event) select id, $2, 'test' from webhooks where id = $1 for share`,
        [id, eventId],
      )
      return eventId
    },
    async deadLetters(id, after, limit) {
      const { rows } = await pool.query<DeadLetter>(
        `select id, event_id as "eventId", event, ticket_id as "ticketId", attempts, error, dead_at as "deadAt" from webhook_deliveries
         where webhook_id = $1 and dead_at is not null and id > $2 order by id limit $3`,
        [id, after ?? 0, limit],
      )
      return rows
    },
    async replay(id, deliveryId, actor) {
      let replayed = 0
      await changed(
        actor,
        async (client) => {
          const { rowCount } = await client.query(
            `update webhook_deliveries set dead_at = null, attempts = 0, due_at = now()
             where webhook_id = $1 and dead_at is not null and ($2::bigint is null or id = $2)`,
            [id, deliveryId ?? null],
          )
          replayed = rowCount ?? 0
          if (replayed === 0) return undefined
          return (await client.query<Row>('update webhooks set due_at = now() where id = $1 returning id, owner, url', [id])).rows[0]
        },
        (told) => ({ type: 'WebhookReplayed', payload: { ...told, dead_letters: replayed } }),
      )
      return replayed
    },
  }
}
