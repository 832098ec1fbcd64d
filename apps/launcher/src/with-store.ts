import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, ConfigError, EXIT_CONFIG } from '@torrentino/runtime'
import { openStore, type Store } from '@torrentino/store'
import { runningPostgresUrl, startPostgres } from '@torrentino/testkit'
import { takeDataFolder } from './data-folder.js'
import { readSettings } from './settings.js'
import { UserError } from './user-error.js'

const DATA = '.data'

/** Runs a tool that reads the store, and says what is wrong without a stack where the person at the terminal can put it right. */
export function runOnStore(work: (store: Store, config: Config) => Promise<void>): Promise<void> {
  return runOnDatabase(async (url, config) => {
    const store = openStore({ url, poolSize: 4 })
    await work(store, config).finally(() => store.close())
  })
}

/** The same for one that needs the database itself. */
export async function runOnDatabase(work: (url: string, config: Config) => Promise<void>): Promise<void> {
  try {
    const { config, ownDatabase } = readSettings(process.env, false)
    const open = ownDatabase ? (use: Use) => withOwnDatabase(DATA, use) : (use: Use) => use(config.database.url.reveal())
    await open((url) => work(url, config))
  } catch (error) {
    // Whoever reads the lines may have seen enough, as `head` has.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return
    const plain = error instanceof UserError || error instanceof ConfigError
    process.stderr.write(`${plain ? error.message : ((error as Error).stack ?? error)}\n`)
    process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1
  }
}

type Use<T = void> = (url: string) => Promise<T>

/** The one in the data folder: beside a launcher that is running, else started for as long as this takes. */
export async function withOwnDatabase<T>(folder: string, use: Use<T>): Promise<T> {
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
