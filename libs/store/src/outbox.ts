import type pg from 'pg'
import { createBatcher } from './batcher.js'
import type { JobSpec } from './door/step-write.js'
import { inTransaction } from './transaction.js'

export interface OutboxRow {
  id: string
  ticketId: string
  version: number
  jobs: JobSpec[]
}

export interface Outbox {
  /** Told: the row is of no more use. Losing this deletion costs a repetition, which is harmless, so the commit does not wait for the disk. */
  remove(id: string): Promise<void>
  /** Rows that a crash left behind. Replicas of the sweeper never get the same rows at the same time. */
  sweep(olderThan: Date, limit: number, tell: (rows: OutboxRow[]) => Promise<void>): Promise<number>
  count(): Promise<number>
}

const REMOVE = `delete from outbox using (select set_config('synchronous_commit', 'off', true)) as commit_without_waiting
where id = any($1::bigint[])`

export function createOutbox(pool: pg.Pool): Outbox {
  const remove = createBatcher<string, undefined>({
    key: (id) => id,
    maxBatch: 500,
    run: async (ids) => {
      await pool.query({ name: 'outbox-remove', text: REMOVE, values: [ids] })
      return ids.map(() => undefined)
    },
  })
  return {
    remove,
    sweep: (olderThan, limit, tell) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ id: string; ticket_id: string; payload: { version: number; jobs: JobSpec[] } }>(
          'select id, ticket_id, payload from outbox where created_at < $1 order by id limit $2 for update skip locked',
          [olderThan, limit],
        )
        if (rows.length === 0) return 0
        await tell(rows.map((row) => ({ id: row.id, ticketId: row.ticket_id, ...row.payload })))
        await client.query('delete from outbox where id = any($1::bigint[])', [rows.map((row) => row.id)])
        return rows.length
      }),
    async count() {
      const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from outbox')
      return rows[0]?.count ?? 0
    },
  }
}
