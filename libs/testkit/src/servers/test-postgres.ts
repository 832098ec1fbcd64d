import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type EmbeddedPostgresOptions, startPostgres } from './embedded-postgres.js'
import { removePostgresFolder } from './postgres-files.js'
import { restartable, type TestServer } from './restartable.js'
import { sharedServer, temporaryFolder } from './test-run.js'

const MIGRATIONS = new URL('../../../../prisma/migrations/', import.meta.url)
const TEMPLATE_LOCK = 7_305_118

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** The PostgreSQL of this test run: TEST_DATABASE_URL, else one of our own without fsync. */
export async function sharedPostgresUrl(): Promise<string> {
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined && given !== '') return given
  return sharedServer('postgres', (folder, output) => startPostgres({ folder, ...output, durable: false, maxConnections: 500 }))
}

/** A migrated database of its own for a test file, cloned from a template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await sharedPostgresUrl()
  const template = await migratedTemplate(server)
  const name = `test_${randomBytes(8).toString('hex')}`
  await query(server, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return { url: withName(server, name), drop: () => query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** A PostgreSQL of its own for a test file that stops or kills it. `durable: true` where it matters that fsync is on. */
export async function createTestPostgres(options: Pick<EmbeddedPostgresOptions, 'durable' | 'maxConnections'> = {}): Promise<TestServer> {
  const folder = await temporaryFolder('postgres')
  const server = await restartable(
    () => startPostgres({ folder, durable: false, ...options }),
    () => removePostgresFolder(folder),
  )
  await migrateDatabase(server.url)
  return server
}

let template: Promise<string> | undefined

function migratedTemplate(server: string): Promise<string> {
  template ??= makeTemplate(server)
  return template
}

/** Named after the migrations, so that a server which outlives the run never serves an old one. */
async function makeTemplate(server: string): Promise<string> {
  const name = `torrentino_template_${await migrationsHash()}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount !== 0) return name
    await client.query(`DROP DATABASE IF EXISTS ${name}_new WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${name}_new`)
    await migrateDatabase(withName(server, `${name}_new`))
    await client.query(`ALTER DATABASE ${name}_new RENAME TO ${name}`)
    return name
  } finally {
    await client.end()
  }
}

/** Loaded when needed: most tests that import this package need no database. */
async function migrateDatabase(url: string): Promise<void> {
  const { migrate } = await import('@torrentino/store')
  await migrate(url)
}

async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const entry of (await readdir(MIGRATIONS, { withFileTypes: true })).filter((found) => found.isDirectory()).sort()) {
    hash.update(await readFile(join(MIGRATIONS.pathname, entry.name, 'migration.sql')))
  }
  return hash.digest('hex').slice(0, 16)
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function withName(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
