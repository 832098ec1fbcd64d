import type pg from 'pg'
import { type AuditNote, writeAudit } from './audit.js'
import type { WrittenAudit } from './pool.js'
import { inTransaction } from './transaction.js'

/** A change and its notes, or neither; null: nothing changes. False where nothing did. */
export type NotedChange = (change: (client: pg.PoolClient) => Promise<AuditNote[] | null>) => Promise<boolean>

export function createNotedChange(pool: pg.Pool, onAudit?: (entries: WrittenAudit[]) => void): NotedChange {
  return async (change) => {
    const written = await inTransaction(pool, async (client) => {
      const notes = await change(client)
      return notes && writeAudit(client, notes)
    })
    if (written) onAudit?.(written)
    return written !== null
  }
}
