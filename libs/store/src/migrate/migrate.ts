import { withEngine } from './engine.js'
import { readDatamodel, readMigrations } from './files.js'

const NO_FILTER = { externalTables: [], externalEnums: [] }

/** Applies what is not yet applied and returns the names. Several at once are safe: the engine holds an advisory lock. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const [datamodel, migrationsList] = await Promise.all([readDatamodel(), readMigrations()])
  return withEngine(databaseUrl, datamodel, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTER })
    return appliedMigrationNames
  })
}

/** The SQL that leads from the migrations to the schema; empty when they agree. Needs a server where it may create a shadow database. */
export async function diffMigrations(databaseUrl: string): Promise<string> {
  const [datamodel, migrationsList] = await Promise.all([readDatamodel(), readMigrations()])
  const to = { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content: datamodel }] }
  const from = migrationsList.migrationDirectories.length === 0 ? { tag: 'empty' as const } : { tag: 'migrations' as const, ...migrationsList }
  return withEngine(databaseUrl, datamodel, async (engine) => {
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: NO_FILTER })
    return isEmptyScript(stdout) ? '' : (stdout ?? '')
  })
}

function isEmptyScript(script: string | null): boolean {
  return (script ?? '').split('\n').every((line) => line.trim() === '' || line.startsWith('--'))
}
