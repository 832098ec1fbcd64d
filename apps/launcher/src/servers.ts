import { join } from 'node:path'
import { startPostgres, startRedis } from '@torrentino/testkit'
import type { Group } from './group.js'
import { type LogLine, readServerLine } from './log-lines.js'
import type { Settings } from './settings.js'
import { serverUnit } from './units.js'

export interface ServerUrls {
  database: string
  redis: string
}

interface ServerOptions {
  dataFolder: string
  settings: Settings
  /** How many processes will connect. */
  processes: number
  redisProgram?: string
  onLog(line: LogLine): void
}

const REDIS_STAGE = 101
const POSTGRES_STAGE = 102
const LEAST_CONNECTIONS = 200
/** Beside the pools: migrations, tools, and what a crashed process has not yet let go. */
const SPARE_CONNECTIONS = 50

/** The servers that are set, or our own in their place; those are stopped after everything else. */
export async function startServers(group: Group, options: ServerOptions): Promise<ServerUrls> {
  const { config, ownDatabase, ownRedis } = options.settings
  const [database, redis] = await Promise.all([
    ownDatabase ? startOwnPostgres(group, options) : config.database.url.reveal(),
    ownRedis ? startOwnRedis(group, options) : config.redis.url.reveal(),
  ])
  return { database, redis }
}

async function startOwnPostgres(group: Group, { dataFolder, settings, processes, onLog }: ServerOptions): Promise<string> {
  const wanted = processes * settings.config.database.pool_size + SPARE_CONNECTIONS
  const start = () =>
    startPostgres({
      folder: join(dataFolder, 'postgres'),
      maxConnections: Math.max(wanted, LEAST_CONNECTIONS),
      onLine: (line) => onLog(readServerLine('postgres', line)),
    })
  return firstUrl((onUrl) => group.start(POSTGRES_STAGE, serverUnit('postgres', start, onUrl)))
}

async function startOwnRedis(group: Group, { dataFolder, redisProgram, onLog }: ServerOptions): Promise<string> {
  const folder = join(dataFolder, 'redis')
  const start = () => startRedis({ folder, program: redisProgram, onLine: (line) => onLog(readServerLine('redis', line)) })
  return firstUrl((onUrl) => group.start(REDIS_STAGE, serverUnit('redis', start, onUrl)))
}

async function firstUrl(start: (onUrl: (url: string) => void) => Promise<void>): Promise<string> {
  let first = ''
  await start((url) => {
    first ||= url
  })
  return first
}
