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
