import { afterAll } from '@jest/globals'
import { createTestDatabase } from '@torrentino/testkit'
import pg from 'pg'
import { openStore, type Store } from '../store.js'

export interface TestStore extends Store {
  url: string
  rows<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>
  /** A connection of its own, for transactions that are held open. */
  connect(): Promise<pg.Client>
}

/** A store on a database of its own for the test file. */
export async function useStore(): Promise<TestStore> {
  const database = await createTestDatabase()
  const store = openStore({ url: database.url, poolSize: 10 })
  const clients: pg.Client[] = []
  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: database.url })
    client.on('error', () => {})
    await client.connect()
    clients.push(client)
    return client
  }
  const own = new pg.Pool({ connectionString: database.url, max: 4 })
  afterAll(async () => {
    await Promise.all([own.end(), ...clients.map((client) => client.end())])
    await store.close()
    await database.drop()
  })
  return {
    ...store,
    url: database.url,
    connect,
    async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      return (await own.query<T>(sql, values)).rows
    },
  }
}
