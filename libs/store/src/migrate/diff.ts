import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withEngine } from './engine.js'
import { MIGRATIONS_FOLDER, readDatamodel, readMigrations } from './files.js'

const SNAPSHOT = 'schema.prisma'

/**
 * The SQL from the schema as it was at the last migration to the schema as it is; empty when nothing changed.
 * Each migration keeps its schema beside it, so no database has to be read; the engine only wants one that answers.
 */
export async function diffSchema(databaseUrl: string): Promise<string> {
  const [before, after] = await Promise.all([lastSnapshot(), readDatamodel()])
  const to = { tag: 'schemaDatamodel' as const, files: [{ path: SNAPSHOT, content: after }] }
  const from =
    before === null ? { tag: 'empty' as const } : { tag: 'schemaDatamodel' as const, files: [{ path: SNAPSHOT, content: before }] }
  return withEngine(databaseUrl, after, async (engine) => {
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: { externalTables: [], externalEnums: [] } })
    return hasStatements(stdout) ? (stdout ?? '') : ''
  })
}

/** Writes the difference as a new migration and returns its folder, or null when there is none. */
export async function writeMigration(databaseUrl: string, name: string, now = new Date()): Promise<string | null> {
  const sql = await diffSchema(databaseUrl)
  if (sql === '') return null
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name}`)
  await mkdir(folder)
  await writeFile(join(folder, 'migration.sql'), sql)
  await writeFile(join(folder, SNAPSHOT), await readDatamodel())
  return folder
}

async function lastSnapshot(): Promise<string | null> {
  const last = (await readMigrations()).migrationDirectories.at(-1)
  return last ? readFile(join(MIGRATIONS_FOLDER, last.path, SNAPSHOT), 'utf8') : null
}

function hasStatements(script: string | null): boolean {
  return (script ?? '').split('\n').some((line) => line.trim() !== '' && !line.startsWith('--'))
}
