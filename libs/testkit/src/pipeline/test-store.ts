import type { Store } from '@torrentino/store'
import pg from 'pg'
import { createTestDatabase } from '../servers/index.js'

export interface TestStore extends Store {
  url: string
  rows<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>
  /** A connection of its own, for transactions that are held open. */
  connect(): Promise<pg.Client>
  /** The end of it all, also of the database. */
  drop(): Promise<void>
}

let wayTo = (url: string): string => url

/** From now on the stores of this file go to their databases another way, over a pooler. */
export function runThroughPooler(way: (databaseUrl: string) => string): void {
  wayTo = way
}

/** A store on a database of its own. */
export async function openTestStore(): Promise<TestStore> {
  const database = await createTestDatabase()
  const { openStore } = await import('@torrentino/store')
  const way = wayTo(database.url)
  const store = openStore({ url: way, poolSize: 10, pooled: way !== database.url })
  const pool = new pg.Pool({ connectionString: database.url, max: 4 })
  const clients: pg.Client[] = []
  return {
    ...store,
    url: database.url,
    async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      return (await pool.query<T>(sql, values)).rows
    },
    async connect() {
      const client = new pg.Client({ connectionString: database.url })
      client.on('error', () => {})
      await client.connect()
      clients.push(client)
      return client
    },
    async drop() {
      await Promise.all([pool.end(), ...clients.map((client) => client.end())])
      await store.close()
      await database.drop()
    },
  }
}
