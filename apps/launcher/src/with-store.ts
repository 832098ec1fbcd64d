import { type Config, ConfigError, EXIT_CONFIG } from '@torrentino/runtime'
import { openStore, type Store } from '@torrentino/store'
import { readSettings } from './settings.js'
import { UserError } from './user-error.js'

const DATA = '.data'

/** Runs a tool that reads the store, and says what is wrong without a stack where the person at the terminal can put it right. */
export function runOnStore(work: (store: Store, config: Config) => Promise<void>): Promise<void> {
  return runOnDatabase(async (url, config) => {
    const store = openStore({ url, poolSize: 4, pooled: config.database.direct_url !== undefined })
    await work(store, config).finally(() => store.close())
  })
}

/** The same for one that needs the database itself. */
export async function runOnDatabase(work: (url: string, config: Config) => Promise<void>): Promise<void> {
  try {
    const { config, ownDatabase } = readSettings(process.env, false)
    if (!ownDatabase) return await work(config.database.url.reveal(), config)
    // Only where it is needed: containers carry these tools without a database of their own.
    const { withOwnDatabase } = await import('./own-database.js')
    await withOwnDatabase(DATA, (url) => work(url, config))
  } catch (error) {
    // Whoever reads the lines may have seen enough, as `head` has.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return
    const plain = error instanceof UserError || error instanceof ConfigError
    process.stderr.write(`${plain ? error.message : ((error as Error).stack ?? error)}\n`)
    process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1
  }
}
