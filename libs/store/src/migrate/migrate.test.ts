import { afterAll, describe, expect, test } from '@jest/globals'
import { sharedPostgresUrl } from '@torrentino/testkit'
import pg from 'pg'
import { diffSchema } from './diff.js'
import { readMigrations } from './files.js'
import { migrate } from './migrate.js'

const server = await sharedPostgresUrl()
const made: string[] = []

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `migrate_${process.pid}_${made.length}`
  made.push(name)
  await query(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

afterAll(async () => {
  for (const name of made) await query(server, `drop database if exists ${name} with (force)`)
})

describe('migrations', () => {
  test('are applied once, and the second time there is nothing to do', async () => {
    const url = await emptyDatabase()
    const names = (await readMigrations()).migrationDirectories.map((migration) => migration.path)
    expect(await migrate(url)).toEqual(names)
    expect(await migrate(url)).toEqual([])
    const tables = await query<{ name: string }>(url, `select tablename as name from pg_tables where schemaname = 'public'`)
    expect(tables.map((table) => table.name)).toEqual(expect.arrayContaining(['tickets', 'ticket_transitions', 'audit_events', 'outbox']))
  })

  test('of several processes that start at once are applied once', async () => {
    const url = await emptyDatabase()
    const names = (await readMigrations()).migrationDirectories.map((migration) => migration.path)
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(url)))
    expect(applied.flat()).toEqual(names)
    const rows = await query<{ finished: boolean }>(url, 'select finished_at is not null as finished from _prisma_migrations')
    expect(rows).toEqual(names.map(() => ({ finished: true })))
  })

  test('agree with the schema: there is nothing to migrate', async () => {
    expect(await diffSchema(server)).toBe('')
  })
})
