import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.js'
import { IDLE_TRANSACTION_MS } from './transaction.js'

export interface DatabaseOptions {
  url: string
  poolSize: number
  /** Between us and the server is a pooler that gives each transaction another session: nothing may be kept in one. */
  pooled?: boolean
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

/** Statements with names are prepared in a session, so here they have none. */
class SessionlessClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of pg are its own affair
  override query(first: any, ...rest: any[]): any {
    const isNamed = typeof first === 'object' && first !== null && typeof first.name === 'string'
    return (super.query as (...args: unknown[]) => unknown)(isNamed ? { ...first, name: undefined } : first, ...rest)
  }
}

/** One pool serves Prisma's reads and the SQL of the hot paths. */
export function openDatabase({ url, poolSize, pooled = false, onError }: DatabaseOptions): {
  pool: pg.Pool
  prisma: PrismaClient
  close(): Promise<void>
} {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // A pooler wants no settings of a session, and each transaction says it, too; Prisma's batches say it nowhere else.
    ...(pooled ? { Client: SessionlessClient } : { idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS }),
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
