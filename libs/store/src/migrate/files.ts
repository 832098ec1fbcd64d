import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MigrationList } from '@prisma/schema-engine-wasm'

// The same number of steps up from src and from dist.
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
export const MIGRATIONS_FOLDER = join(ROOT, 'prisma', 'migrations')

export function readDatamodel(): Promise<string> {
  return readFile(join(ROOT, 'prisma', 'schema.prisma'), 'utf8')
}

export async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(MIGRATIONS_FOLDER, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(MIGRATIONS_FOLDER, name, 'migration.sql'), 'utf8') },
      },
    })),
  )
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}
