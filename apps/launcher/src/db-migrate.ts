import { migrate } from '@torrentino/store'

// Brings the database up to date: that of DATABASE_DIRECT_URL or DATABASE_URL, else the one in ./.data.

async function main(): Promise<void> {
  const given = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL
  if (given) return report(await migrate(given))
  // Only where it is needed: containers carry this tool without a database of their own.
  const [{ startPostgres }, { takeDataFolder }] = await Promise.all([import('@torrentino/testkit'), import('./data-folder.js')])
  const data = await takeDataFolder('.data')
  const postgres = await startPostgres({ folder: `${data.path}/postgres` })
  try {
    report(await migrate(postgres.url))
  } finally {
    await postgres.stop()
    await data.release()
  }
}

function report(applied: string[]): void {
  console.log(applied.length === 0 ? 'the database is up to date' : `applied: ${applied.join(', ')}`)
}

main().catch((error: Error) => {
  console.error(`The database cannot be brought up to date: ${error.message}`)
  process.exit(1)
})
