import { Redis } from 'ioredis'
import pg from 'pg'

export interface SqlSession {
  /** The server's process for this session, as pg_locks and pg_stat_activity name it. */
  pid: number
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** A session of the test's own beside those of the product: to look at rows, and to hold locks that make the product wait. */
export async function openSqlSession(url: string): Promise<SqlSession> {
  const client = new pg.Client({ connectionString: url })
  // The test may stop the server under it.
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return {
    pid: rows[0]?.pid ?? 0,
    query: async <Row extends object>(sql: string, values: unknown[] = []) => (await client.query<Row>(sql, values)).rows,
    close: () => client.end(),
  }
}

/** A connection for as long as the test looks. */
export async function withRedis<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 3 })
  client.on('error', () => {})
  try {
    await client.connect()
    return await use(client)
  } finally {
    client.disconnect()
  }
}

/** The names of all keys, sorted. */
export function redisKeys(url: string): Promise<string[]> {
  return withRedis(url, async (client) => {
    const keys: string[] = []
    for await (const some of client.scanStream({ count: 1000 })) keys.push(...(some as string[]))
    return [...new Set(keys)].sort()
  })
}
