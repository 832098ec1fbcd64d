import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@torrentino/store'
import { startPostgres } from '../servers/embedded-postgres.js'
import { startRedis } from '../servers/embedded-redis.js'

export interface Servers {
  databaseUrl: string
  redisUrl: string
}

/** Both servers write to disk as in production. */
export async function withServers(work: (servers: Servers) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'torrentino-bench-'))
  const postgres = await startPostgres({ folder: join(folder, 'postgres') })
  const redis = await startRedis({ folder: join(folder, 'redis') })
  try {
    await migrate(postgres.url)
    await work({ databaseUrl: postgres.url, redisUrl: redis.url })
  } finally {
    await redis.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
