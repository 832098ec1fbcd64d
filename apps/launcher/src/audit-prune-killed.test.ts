import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, openSqlSession, type SqlSession, spawnGuarded, type TestDatabase, waitFor } from '@torrentino/testkit'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const OLD = 5000
const PATIENCE_MS = 120_000

let database: TestDatabase
let sql: SqlSession
beforeAll(async () => {
  database = await createTestDatabase()
  sql = await openSqlSession(database.url)
})
afterAll(async () => {
  await sql?.close()
  await database?.drop()
})

/** The command as an operator gives it. */
function prune(lines: string[] = []) {
  const env = { ...process.env, NODE_OPTIONS: '', AUTH_METHOD: 'none', MEDIA_ROOTS: '/media', REDIS_URL: 'redis://127.0.0.1:1' }
  return spawnGuarded(['npm', 'run', '--silent', 'audit:prune', '--', '--before', '2025-01-01'], {
    cwd: ROOT,
    env: { ...env, DATABASE_URL: database.url },
    mark: `prune-${process.pid}`,
    onLine: (line) => void lines.push(line),
  })
}

const one = async (text: string) => (await sql.query<{ n: number }>(`select (${text})::int as n`))[0]?.n
/** Connections of the command. */
const OTHERS = `datname = current_database() and pid <> pg_backend_pid() and query like '%delete from audit_events%'`
const count = async (where: string) => (await one(`select count(*) from pg_stat_activity where ${where}`)) ?? 0
const left = () => one(`select count(*) from audit_events where actor = 'old'`)
const told = () => one(`select coalesce(sum((payload ->> 'removed')::int), 0) from audit_events where event_type = 'AdminPruneAudit'`)

test('npm run audit:prune killed in mid-batch leaves whole batches and a guarded table, and the next run does the rest', async () => {
  await sql.query(
    `insert into audit_events (event_type, actor, at, payload)
     select 'ServiceStarted', 'old', '2024-01-01'::timestamptz + nr * interval '1 second', '{}' from generate_series(1, ${OLD}) nr`,
  )
  // An entry of the second batch is held, so that the command stands still within it, with the trigger off.
  const holder = await openSqlSession(database.url)
  await holder.query('begin')
  await holder.query(
    `select from audit_events where id = (select id from audit_events where actor = 'old' order by at offset 3000 limit 1) for update`,
  )
  const command = prune()
  await waitFor('the second batch', async () => (await count(`${OTHERS} and wait_event_type = 'Lock'`)) > 0, PATIENCE_MS)
  command.signal('SIGKILL')
  await command.exited
  await holder.query('rollback')
  await holder.close()
  await waitFor('the end of its connection', async () => (await count(OTHERS)) === 0, PATIENCE_MS)

  expect([await left(), await told()]).toEqual([OLD - 2000, 2000])
  await expect(sql.query('delete from audit_events')).rejects.toThrow('append-only')
  const lines: string[] = []
  expect(await prune(lines).exited).toMatchObject({ code: 0 })
  expect(lines.join('\n')).toMatch(`${OLD - 2000} entries from before`)
  expect([await left(), await told()]).toEqual([0, OLD])
})
