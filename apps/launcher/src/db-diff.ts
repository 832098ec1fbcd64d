import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeMigration } from '@torrentino/store'
import { startPostgres } from '@torrentino/testkit'

// Writes what changed in prisma/schema.prisma since the last migration as a new one: npm run db:diff -- name_of_the_change

async function main(name: string | undefined): Promise<void> {
  if (name === undefined || !/^[a-z0-9_]{1,60}$/.test(name))
    throw new Error('name the change in small letters, digits and _: npm run db:diff -- add_labels')
  const folder = await mkdtemp(join(tmpdir(), 'torrentino-diff-'))
  const postgres = await startPostgres({ folder, durable: false })
  try {
    const written = await writeMigration(postgres.url, name)
    console.log(
      written === null ? 'the schema has not changed since the last migration' : `written: ${written}; read it before you commit it`,
    )
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

main(process.argv[2]).catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
