import pg from 'pg'
import { readMigrations } from './files.js'

export interface DatabaseFacts {
  version: string
  /** Its clock, in milliseconds. */
  now: number
  pending: string[]
  /** Begun and not ended: by a fault, or just now. */
  unfinished: string[]
  /** Applied by a version of the system that this one does not know. */
  unknown: string[]
}

interface Applied {
  name: string
  done: boolean
}

const NO_TABLE = '42P01'

/** A look from outside that changes nothing. */
export async function inspectDatabase(url: string, limitMs: number): Promise<DatabaseFacts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: limitMs, query_timeout: limitMs })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; now: number }>(
      `select current_setting('server_version') as version, (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
    )
    const { version = '', now = 0 } = rows[0] ?? {}
    return { version, now, ...compare(await appliedIn(client), await knownMigrations()) }
  } finally {
    await client.end().catch(() => {})
  }
}

async function knownMigrations(): Promise<string[]> {
  return (await readMigrations()).migrationDirectories.map(({ path }) => path)
}

async function appliedIn(client: pg.Client): Promise<Applied[]> {
  try {
    const text = `select migration_name as name, finished_at is not null as done from _prisma_migrations where rolled_back_at is null`
    return (await client.query<Applied>(text)).rows
  } catch (error) {
    if ((error as { code?: string }).code === NO_TABLE) return []
    throw error
  }
}

function compare(applied: readonly Applied[], known: readonly string[]): Pick<DatabaseFacts, 'pending' | 'unfinished' | 'unknown'> {
  const names = new Set(applied.map(({ name }) => name))
  return {
    pending: known.filter((name) => !names.has(name)),
    unfinished: applied.filter(({ done }) => !done).map(({ name }) => name),
    unknown: [...names].filter((name) => !known.includes(name)),
  }
}
