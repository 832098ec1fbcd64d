import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { findProgram } from '@torrentino/runtime'
import { Redis } from 'ioredis'
import { spawnGuarded } from './guarded-process.js'
import { stopLeftover } from './running-process.js'
import { knownLogin, type Login, savedLogin } from './saved-login.js'
import { type RunningServer, type ServerOutput, startPatiently, tailOf, untilReady } from './server-process.js'

/** Loaded where a server is started alone. */
const find: typeof findProgram = async (...wanted) => (await import('@torrentino/runtime')).findProgram(...wanted)

export const PASSING = /Address already in use|Failed listening on port/i
/** The last one is the server, too, when it is called by another name; Debian ships it without a system service. */
const PROGRAMS = ['redis-server', 'valkey-server', 'redis-check-rdb']

export interface EmbeddedRedisOptions extends ServerOutput {
  /** Holds the append-only file, the configuration and the login. */
  folder: string
  /** The server's program, if it is not to be looked for on PATH. */
  program?: string
  /** false: what it holds is gone after its end. */
  persistent?: boolean
}

/** A Redis of our own on loopback that drops nothing and keeps what it has. */
export async function startRedis(options: EmbeddedRedisOptions): Promise<RunningServer> {
  const folder = resolve(options.folder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const program = await linkProgram(folder, options.program)
  await stopPredecessor(folder)
  return startPatiently(async (attempt) => {
    const login = await savedLogin(folder, attempt > 0)
    return startServer({ ...options, folder }, program, login)
  }, PASSING)
}

/** Where the server of this folder answers, if one is running: for tools that look in beside it. */
export async function runningRedisUrl(folder: string): Promise<string | undefined> {
  const login = await knownLogin(folder)
  return login !== undefined && (await answers(urlOf(login))) ? urlOf(login) : undefined
}

function urlOf({ port, password }: Login): string {
  return `redis://:${password}@127.0.0.1:${port}/0`
}

async function startServer(options: EmbeddedRedisOptions, program: string, login: Login): Promise<RunningServer> {
  const { folder, persistent = true } = options
  const config = join(folder, 'redis.conf')
  await writeFile(config, configuration(folder, login, persistent), { mode: 0o600 })
  const tail = tailOf(options)
  const child = spawnGuarded([program, config], { ...options, onLine: tail.onLine })
  const url = urlOf(login)
  await untilReady('Redis', child, () => answers(url), tail.text)
  return { url, port: login.port, pid: child.pid, exited: child.exited, signal: child.signal, stop: async () => void (await child.stop()) }
}

function configuration(folder: string, { port, password }: Login, persistent: boolean): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    'protected-mode yes',
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    `pidfile ${JSON.stringify(join(folder, 'redis.pid'))}`,
    'daemonize no',
    'set-proc-title no',
    'save ""',
    `appendonly ${persistent ? 'yes' : 'no'}`,
    'appendfsync everysec',
    'maxmemory-policy noeviction',
    'logfile ""',
    'loglevel warning',
    '',
  ].join('\n')
}

/** What the program is depends on the name it is called by. */
export async function linkProgram(folder: string, configured?: string, name = 'redis-server'): Promise<string> {
  const link = join(folder, name)
  const target = resolve(await findRedisProgram(configured))
  await rm(link, { force: true })
  await symlink(target, link)
  return link
}

export async function findRedisProgram(configured?: string): Promise<string> {
  return configured === undefined ? firstOnPath() : find('redis-server', configured)
}

async function firstOnPath(): Promise<string> {
  for (const name of PROGRAMS) {
    const found = await find(name).catch(() => undefined)
    if (found !== undefined) return found
  }
  return find('redis-server')
}

async function stopPredecessor(folder: string): Promise<void> {
  const file = join(folder, 'redis.pid')
  const pid = Number(await readFile(file, 'utf8').catch(() => ''))
  if (pid > 0) await stopLeftover(pid, join(folder, 'redis.conf'), 'SIGTERM')
  await rm(file, { force: true })
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2000, maxRetriesPerRequest: 0 })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    // Once ended it would only leave a timer behind.
    if (client.status !== 'end') client.disconnect()
  }
}
