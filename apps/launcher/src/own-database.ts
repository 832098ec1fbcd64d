import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { runningPostgresUrl, startPostgres } from '@torrentino/testkit'
import { takeDataFolder } from './data-folder.js'
import { UserError } from './user-error.js'

/** The one in the data folder: beside a launcher that is running, else started for as long as this takes. */
export async function withOwnDatabase<T>(folder: string, use: (url: string) => Promise<T>): Promise<T> {
  const running = await runningPostgresUrl(join(folder, 'postgres'))
  if (running !== undefined) return use(running)
  await access(join(folder, 'postgres')).catch(() => {
    throw new UserError(`there is no database: DATABASE_URL is not set, and nothing has run in ${folder} yet`)
  })
  const data = await takeDataFolder(folder)
  const postgres = await startPostgres({ folder: join(data.path, 'postgres') })
  try {
    return await use(postgres.url)
  } finally {
    await postgres.stop()
    await data.release()
  }
}
