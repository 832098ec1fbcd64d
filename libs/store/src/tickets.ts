import { OPEN_STATES, STATES, type StateName, type Ticket, type TicketRequest, type TicketState, type Work } from '@torrentino/domain'
import type pg from 'pg'
import { createBatcher } from './batcher.js'
import { findMatching, type TicketMatch } from './find-matching.js'
import { toText } from './json.js'
import { createBinder, decodeKey, encodeKey, listingSql } from './keyset.js'

export interface TicketRow {
  id: string
  version: number
  state: StateName
  state_data: Record<string, unknown>
  stage: Ticket['stage']
  stage_version: number
  requested_by: string
  priority: 1 | 2 | 3
  request: TicketRequest
  request_hash: string
  work: Work
  attempts: number
  crashes: number
  due_at: Date | null
  last_error: string | null
  created_at: Date
  updated_at: Date
}

const COLUMNS = `id, version, state, state_data, stage, stage_version, requested_by, priority, request, request_hash, work,
  attempts, crashes, due_at, last_error, created_at, updated_at`

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface TicketPage {
  tickets: Ticket[]
  /** Give it back as `after` for the next page; null on the last one. */
  next: string | null
}

export interface TicketFilter {
  states?: StateName[]
  requestedBy?: string
  limit: number
  offset?: number
  after?: string
}

export interface ActiveTurn {
  id: string
  stage: NonNullable<Ticket['stage']>
  stageVersion: number
  priority: number
}

export interface Tickets {
  find(id: string): Promise<Ticket | null>
  findHash(id: string): Promise<string | null>
  findByKey(requestedBy: string, idempotencyKey: string): Promise<{ id: string; requestHash: string } | null>
  list(filter: TicketFilter): Promise<TicketPage>
  /** How many fit, and the oldest of them. */
  matching(match: TicketMatch, limit: number): Promise<{ count: number; tickets: { id: string; state: StateName }[] }>
  /** Counts a run of this turn that began again after its process died; the count as it is now, or null when the turn is over. */
  countCrash(id: string, stageVersion: number): Promise<number | null>
  /** Notes a failed attempt and when the next one is due. False when the turn is over. */
  noteAttempt(id: string, stageVersion: number, dueAt: Date, error: string): Promise<boolean>
  /** The ended ticket left nothing behind any more. */
  endCleanup(id: string, stageVersion: number): Promise<void>
  /** Turns that are due, not paused, and were not touched for a while, a page by id. */
  activeTurns(after: string | null, quietSince: Date, now: Date, limit: number): Promise<ActiveTurn[]>
  /** Of these turns, the ones that are still on. */
  stillOn(turns: { id: string; stageVersion: number }[]): Promise<Set<string>>
  countByState(): Promise<{ state: StateName; count: number }[]>
  /** Of each state that is no end: how many tickets stand there (at most 100,000), and how long the oldest has stood that waits for nobody. */
  standing(): Promise<{ state: StateName; count: number; oldestSecs: number }[]>
  /** A file of each of the latest completed tickets that placed any below the folder. */
  placedBelow(folder: string, limit: number): Promise<string[]>
}

const COUNTED = 100_000
const OLDEST = 1000

/**
 * Who is paused or waits for another ticket stands there by right, however long. Both numbers cost the same with a million tickets
 * under way: no more are counted than that, and who has stood longest is looked for among those that were filed first.
 * The names stand in the text: for a state that it cannot see Postgres expects an even share of all tickets, and reads them all.
 */
export const STANDING = OPEN_STATES.map(
  (state) => `
select '${state}' as state,
  (select count(*)::int from (select from tickets where state = '${state}' order by created_at, id limit ${COUNTED}) as counted) as count,
  (select coalesce(extract(epoch from now() - min(updated_at)), 0)::float8 from
    (select updated_at, state_data from tickets where state = '${state}' order by created_at, id limit ${OLDEST}) as filed_first
    where not state_data ?| array['paused', 'linked_to']) as "oldestSecs"`,
).join(' union all')

const LOWEST_ID = '00000000-0000-0000-0000-000000000000'

export const ACTIVE_TURNS = `
select id, stage, stage_version as "stageVersion", priority from tickets
where stage is not null and id > $1 and updated_at < $2 and (due_at is null or due_at <= $3)
  and not (state = 'downloading' and state_data ? 'paused')
order by id limit $4`

export function createTickets(pool: pg.Pool): Tickets {
  const find = createBatcher<string, Ticket | null>({
    key: (id) => id,
    run: async (ids) => {
      const { rows } = await pool.query<TicketRow>({
        name: 'tickets-find',
        text: `select ${COLUMNS} from tickets where id = any($1::uuid[])`,
        values: [ids],
      })
      const byId = new Map(rows.map((row) => [row.id, toTicket(row)]))
      return ids.map((id) => byId.get(id.toLowerCase()) ?? null)
    },
  })

  return {
    find,
    async findHash(id) {
      const { rows } = await pool.query<{ request_hash: string }>('select request_hash from tickets where id = $1', [id])
      return rows[0]?.request_hash ?? null
    },
    async findByKey(requestedBy, idempotencyKey) {
      const { rows } = await pool.query<{ id: string; requestHash: string }>(
        'select id, request_hash as "requestHash" from tickets where requested_by = $1 and idempotency_key = $2',
        [requestedBy, idempotencyKey],
      )
      return rows[0] ?? null
    },
    list: (filter) => listTickets(pool, filter),
    matching: (match, limit) => findMatching(pool, match, limit),
    async countCrash(id, stageVersion) {
      const { rows } = await pool.query<{ crashes: number }>(
        'update tickets set crashes = crashes + 1 where id = $1 and stage_version = $2 and stage is not null returning crashes',
        [id, stageVersion],
      )
      return rows[0]?.crashes ?? null
    },
    async noteAttempt(id, stageVersion, dueAt, error) {
      const { rowCount } = await pool.query(
        'update tickets set attempts = attempts + 1, due_at = $3, last_error = $4 where id = $1 and stage_version = $2 and stage is not null',
        [id, stageVersion, dueAt, toText(error, 2000)],
      )
      return rowCount === 1
    },
    async endCleanup(id, stageVersion) {
      await pool.query({
        name: 'tickets-end-cleanup',
        // Whom it was linked to is still shown; what it wanted concerns nobody any more, unless it may be retried.
        text: `with ended as (
            update tickets set stage = null where id = $1 and stage_version = $2 and stage = 'cleanup' returning id, state
          )
          update content_claims c set keys = '{}' from ended where c.ticket_id = ended.id and ended.state <> 'failed'`,
        values: [id, stageVersion],
      })
    },
    async activeTurns(after, quietSince, now, limit) {
      const { rows } = await pool.query<ActiveTurn>(ACTIVE_TURNS, [after ?? LOWEST_ID, quietSince, now, limit])
      return rows
    },
    async stillOn(turns) {
      const { rows } = await pool.query<{ key: string }>(
        `select t.id || '/' || t.stage_version as key from tickets t
         join unnest($1::uuid[], $2::int[]) as x(id, stage_version) on x.id = t.id and x.stage_version = t.stage_version
         where t.stage is not null`,
        [turns.map((turn) => turn.id), turns.map((turn) => turn.stageVersion)],
      )
      return new Set(rows.map((row) => row.key))
    },
    async countByState() {
      const { rows } = await pool.query<{ state: StateName; count: number }>(
        'select state, count(*)::int as count from tickets group by state',
      )
      return rows
    },
    async standing() {
      const { rows } = await pool.query<{ state: StateName; count: number; oldestSecs: number }>(STANDING)
      return rows
    },
    async placedBelow(folder, limit) {
      const { rows } = await pool.query<{ path: string }>(
        `select path from tickets, lateral (select jsonb_path_query_first(request, '$.tracks[*] ? (@.requested == true).dest_path') #>> '{}') as x(path)
         where state = 'completed' and not request ? 'keep_only' and starts_with(path, $1) order by updated_at desc limit $2`,
        [folder.endsWith('/') ? folder : `${folder}/`, limit],
      )
      return rows.map((row) => row.path)
    },
  }
}

/**
 * Newest first. `after` continues behind a row by its key and costs the same on page one and on page ten thousand;
 * `offset` is there for small lists.
 */
async function listTickets(pool: pg.Pool, filter: TicketFilter): Promise<TicketPage> {
  const { text, values } = ticketListing(filter)
  const { rows } = await pool.query<TicketRow>(text, values)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return { tickets: page.map(toTicket), next: rows.length > filter.limit && last ? encodeKey(last.created_at, last.id) : null }
}

export function ticketListing(filter: TicketFilter): { text: string; values: unknown[] } {
  const { values, bind } = createBinder()
  const where: string[] = []
  if (filter.requestedBy !== undefined) where.push(`requested_by = ${bind(filter.requestedBy)}`)
  if (filter.after !== undefined) {
    const { at, id } = decodeKey(filter.after, UUID)
    where.push(`(created_at, id) < (${bind(at)}::timestamptz, ${bind(id)}::uuid)`)
  }
  const states = filter.states?.length ? new Set(filter.states) : STATES
  const text = listingSql(
    {
      table: 'tickets',
      columns: COLUMNS,
      order: ['created_at', 'id'],
      descending: true,
      oneOf: { column: 'state', values: [...states] },
      where,
      limit: filter.limit,
      offset: filter.offset ?? 0,
    },
    bind,
  )
  return { text, values }
}

function toTicket(row: TicketRow): Ticket {
  return {
    id: row.id,
    version: row.version,
    state: { name: row.state, ...row.state_data } as TicketState,
    stage: row.stage,
    stageVersion: row.stage_version,
    requestedBy: row.requested_by,
    priority: row.priority,
    request: row.request,
    work: row.work,
    attempts: row.attempts,
    crashes: row.crashes,
    dueAt: row.due_at,
    lastError: row.last_error,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
