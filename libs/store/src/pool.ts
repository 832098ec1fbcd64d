import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.js'

export interface DatabaseOptions {
  url: string
  poolSize: number
  onError?: (error: Error) => void
  /** Told of every audit entry once it is committed, for a copy outside the database. */
  onAudit?: (entries: WrittenAudit[]) => void
}

export interface WrittenAudit {
  ticket_id: string | null
  event_type: string
  actor: string
  at: string
  payload: unknown
}

// Longer than it takes to tell Redis of what the outbox holds.
const IDLE_TRANSACTION_MS = 10_000

/** One pool serves Prisma's reads and the SQL of the hot paths. */
export function openDatabase({ url, poolSize, onError }: DatabaseOptions): { pool: pg.Pool; prisma: PrismaClient; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // Whoever falls asleep in a transaction, or is cut off, must not hold its rows against those who take over.
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
  })
  // Without a listener a dropped idle connection would end the process.
  pool.on('error', (error) => onError?.(error))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  let closed: Promise<void> | undefined
  async function closeOnce() {
    await prisma.$disconnect()
    await pool.end()
  }
  return {
    pool,
    prisma,
    close: () => {
      closed ??= closeOnce()
      return closed
    },
  }
}
