import { AUDIT_TYPES, type AuditType, TERMINAL_STATES } from '@torrentino/domain'
import pg from 'pg'
import { writeAudit } from './audit.js'

export interface Prune {
  /** What is younger stays. */
  before: Date
  actor: string
  dryRun: boolean
  /** Entries that are looked at in one transaction; others who write to the audit wait for it. */
  batch?: number
  signal?: AbortSignal
}

export interface Pruned {
  /** That went, or would go. */
  removed: number
  /** Old enough, but of tickets that are not over. */
  kept: number
}

interface Batch {
  read: number
  over: number
  /** Of the last one that was looked at. */
  at: Date | null
  id: string | null
}

const BATCH = 2000
const LOCK = "set local lock_timeout = '10s'; alter table audit_events disable trigger audit_events_no_change"
const UNLOCK = 'alter table audit_events enable trigger audit_events_no_change'

/** A page of old entries by their time, and of these the ones whose tickets are over, with all that is to be done for them. */
const PAGE = `
  page as (
    select id, at, ticket_id from audit_events
    where event_type = $1 and at < $2 and (at, id) > ($3::timestamptz, $4::bigint) order by at, id limit $5),
  over as (
    select page.id from page left join tickets t on t.id = page.ticket_id
    where t.id is null or (t.state = any($6::text[]) and t.stage is null))`
const TOLD = `
  select (select count(*) from page)::int as read, last.at, last.id::text as id
  from (select 1) one left join lateral (select at, id from page order by at desc, id desc limit 1) last on true`
const COUNT = `with ${PAGE}, told as (${TOLD}) select told.*, (select count(*) from over)::int as over from told`
const REMOVE = `with ${PAGE}, gone as (delete from audit_events where id in (select id from over) returning id), told as (${TOLD})
  select told.*, (select count(*) from gone)::int as over from told`

/**
 * Takes old entries away, in batches that are each a transaction with an entry of its own: whatever is cut, the audit tells what
 * went. The trigger that keeps the table append-only is off within such a transaction alone, for which one must own the table.
 */
export async function pruneAudit(url: string, options: Prune): Promise<Pruned> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const total: Pruned = { removed: 0, kept: 0 }
    for (const type of AUDIT_TYPES) await pruneType(client, type, options, total)
    return total
  } finally {
    await client.end()
  }
}

async function pruneType(client: pg.Client, type: AuditType, options: Prune, total: Pruned): Promise<void> {
  const { batch = BATCH, before, dryRun, signal } = options
  let after: { at: Date | string; id: string } = { at: '-infinity', id: '0' }
  for (;;) {
    signal?.throwIfAborted()
    const values = [type, before, after.at, after.id, batch, TERMINAL_STATES]
    const { read, over, at, id } = dryRun ? await counted(client, values) : await removed(client, values, { ...options, type })
    total.removed += over
    total.kept += read - over
    if (read < batch || at === null || id === null) return
    after = { at, id }
  }
}

async function counted(client: pg.Client, values: unknown[]): Promise<Batch> {
  return only(await client.query<Batch>(COUNT, values))
}

async function removed(client: pg.Client, values: unknown[], { before, actor, type }: Prune & { type: AuditType }): Promise<Batch> {
  // Most types have nothing old: those need no lock.
  const first = await counted(client, values)
  if (first.over === 0) return first
  try {
    await client.query(`begin; ${LOCK}`)
    const batch = only(await client.query<Batch>(REMOVE, values))
    const payload = { admin_id: actor, event_type: type, before: before.toISOString(), removed: batch.over }
    await writeAudit(client, [{ ticketId: null, actor, event: { type: 'AdminPruneAudit', payload } }])
    await client.query(`${UNLOCK}; commit`)
    return batch
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

function only({ rows }: pg.QueryResult<Batch>): Batch {
  return rows[0] ?? { read: 0, over: 0, at: null, id: null }
}
