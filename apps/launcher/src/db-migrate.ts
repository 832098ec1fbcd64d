import { migrate } from '@torrentino/store'
import { startPostgres } from '@torrentino/testkit'
import { takeDataFolder } from './data-folder.js'

// Brings the database up to date: that of DATABASE_URL, else the one in ./.data.

async function main(): Promise<void> {
  const given = process.env.DATABASE_URL
  if (given) return report(await migrate(given))
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
