import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, openSqlSession, type SqlSession, type TestDatabase } from '@torrentino/testkit'
import { runAuditPrune } from './audit-prune-command.js'

const MANY = 5000

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

async function run(...args: string[]): Promise<string> {
  let printed = ''
  const out = new Writable({
    write(part, _encoding, done) {
      printed += part
      done()
    },
  })
  await runAuditPrune(database.url, args, out)
  return printed
}

const count = async (where: string) => (await sql.query<{ n: number }>(`select count(*)::int as n from audit_events where ${where}`))[0]?.n

/** A ticket in this state, and some entries of it. */
async function ticket(id: string, state: string, stage: string | null, entries: number): Promise<void> {
  const columns = await sql.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_name = 'tickets' and is_nullable = 'NO' and column_default is null`,
  )
  const known: Record<string, string> = { id: `'${id}'`, state: `'${state}'` }
  const values: Record<string, string> = { jsonb: `'{}'`, integer: '1', bigint: '1', boolean: 'false' }
  const valueFor = ({ name, type }: { name: string; type: string }) =>
    known[name] ?? (type.startsWith('timestamp') ? 'now()' : (values[type] ?? `'x'`))
  const names = columns.map(({ name }) => `"${name}"`)
  await sql.query(`insert into tickets (${names}, stage) values (${columns.map(valueFor)}, ${stage === null ? 'null' : `'${stage}'`})`)
  await sql.query(
    `insert into audit_events (ticket_id, event_type, actor, at, payload)
     select $1, 'DownloadProgress', 'old', '2024-01-01'::timestamptz + nr * interval '1 second', '{}' from generate_series(1, $2) nr`,
    [id, entries],
  )
}

test('old entries go in batches, those of tickets that are not over stay, and the audit tells of it', async () => {
  await ticket('00000000-0000-4000-8000-000000000001', 'completed', null, MANY)
  await ticket('00000000-0000-4000-8000-000000000002', 'needs_approval', null, MANY)
  await ticket('00000000-0000-4000-8000-000000000003', 'cancelled', 'cleanup', 3)
  await sql.query(
    `insert into audit_events (event_type, actor, at, payload)
     values ('ServiceStarted', 'old', '2024-01-01', '{}'), ('ServiceStarted', 'young', '2025-06-01', '{}')`,
  )
  const all = await count('true')
  expect(await run('--before', '2025-01-01', '--dry-run')).toBe(
    `${MANY + 1} entries from before 2025-01-01T00:00:00.000Z would go; ${MANY + 3} stay, because their tickets are not over\n`,
  )
  expect(await count('true')).toBe(all)

  expect(await run('--before', '2025-01-01')).toMatch(`${MANY + 1} entries from before 2025-01-01T00:00:00.000Z are gone; ${MANY + 3} stay`)
  expect(await count(`actor = 'old'`)).toBe(MANY + 3)
  expect(await count(`actor = 'young'`)).toBe(1)
  const told = await sql.query<{ payload: { event_type: string; removed: number } }>(
    `select payload from audit_events where event_type = 'AdminPruneAudit' and actor = 'command line'`,
  )
  expect(told.reduce((sum, { payload }) => sum + payload.removed, 0)).toBe(MANY + 1)
  expect(told.every(({ payload }) => payload.removed <= 2000)).toBe(true)

  // As before, nobody else may.
  await expect(sql.query('delete from audit_events')).rejects.toThrow('append-only')
  expect(await run('--before', '2025-01-01')).toMatch(/^0 entries/)
})

test.each([
  [[], /--before: must be a date/],
  [['--before', 'soon'], /--before: must be a date/],
  [['--before', '2999-01-01'], /must lie in the past/],
  [['--before', '2024-01-01', '--all'], /--all/],
])('%j is told what is wrong, and nothing goes', async (args, message) => {
  const all = await count('true')
  await expect(run(...args)).rejects.toThrow(message)
  expect(await count('true')).toBe(all)
})
