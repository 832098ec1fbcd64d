import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chown, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { spawnGuarded } from './guarded-process.js'
import { type Account, serverAccount } from './postgres-account.js'
import { type Binaries, clusterFolder, postgresBinaries } from './postgres-files.js'
import { stopLeftover } from './running-process.js'
import { knownLogin, type Login, savedLogin } from './saved-login.js'
import { type RunningServer, type ServerOutput, ServerStartError, startPatiently, tailOf, untilReady } from './server-process.js'

const run = promisify(execFile)
const USER = 'torrentino'
const WRONG_PASSWORD = '28P01'
const FAST_STOP = 'SIGINT'
const STOP_AT_ONCE = 'SIGQUIT'
const PASSING = /Address already in use|could not create any TCP\/IP sockets|pre-existing shared memory block|lock file "postmaster.pid"/i

export interface EmbeddedPostgresOptions extends ServerOutput {
  /** Holds the cluster and its login. */
  folder: string
  database?: string
  /** false: quick, and what was written may be gone after a crash of the machine (not of a process). For tests. */
  durable?: boolean
  maxConnections?: number
}

/** A PostgreSQL of our own on loopback. What a killed predecessor left behind, running or not, is no hindrance. */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<RunningServer> {
  const { folder, database = 'torrentino', durable = true } = options
  const account = await serverAccount()
  const binaries = await postgresBinaries(account)
  const cluster = await clusterFolder(folder, account, async (fresh) => {
    const { password } = await savedLogin(folder)
    await createCluster(binaries, account, fresh, password, durable)
  })
  await checkVersion(cluster, binaries)
  await stopPredecessor(cluster)
  return startPatiently(async (attempt) => {
    const login = await savedLogin(folder, attempt > 0)
    return startServer(options, { account, binaries, cluster, login, database, durable })
  }, PASSING)
}

/** Where the server of this folder answers, if one is running: for tools that look in beside it. */
export async function runningPostgresUrl(folder: string, database = 'torrentino'): Promise<string | undefined> {
  const login = await knownLogin(folder)
  if (login === undefined) return undefined
  const url = urlOf(login, database)
  return (await answers(url)) ? url : undefined
}

function urlOf({ port, password }: Login, database: string): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`
}

interface Parts {
  account: Account | undefined
  binaries: Binaries
  cluster: string
  login: Login
  database: string
  durable: boolean
}

async function startServer(options: EmbeddedPostgresOptions, parts: Parts): Promise<RunningServer> {
  const { account, binaries, cluster, login, database, durable } = parts
  const tail = tailOf(options)
  const settings = settingsFor(login.port, durable, options.maxConnections ?? 200)
  const child = spawnGuarded([binaries.postgres, '-D', cluster, ...settings.flatMap((setting) => ['-c', setting])], {
    ...account,
    ...options,
    onLine: tail.onLine,
    stopSignal: durable ? FAST_STOP : STOP_AT_ONCE,
    graceMs: 20_000,
  })
  await untilReady('PostgreSQL', child, () => answers(urlOf(login, 'postgres')), tail.text)
  await createDatabase(urlOf(login, 'postgres'), database)
  return {
    url: urlOf(login, database),
    port: login.port,
    pid: child.pid,
    exited: child.exited,
    signal: child.signal,
    stop: async () => void (await child.stop()),
  }
}

function settingsFor(port: number, durable: boolean, maxConnections: number): string[] {
  const careless = ['fsync=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0']
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    `max_connections=${maxConnections}`,
    'log_min_messages=warning',
    'logging_collector=off',
    'log_checkpoints=off',
    ...(durable ? [] : careless),
  ]
}

async function createCluster(
  binaries: Binaries,
  account: Account | undefined,
  cluster: string,
  password: string,
  durable: boolean,
): Promise<void> {
  const passwordFile = join(tmpdir(), `torrentino-${randomUUID()}`)
  await writeFile(passwordFile, password, { mode: 0o600 })
  try {
    if (account !== undefined) await chown(passwordFile, account.uid, account.gid)
    const args = [
      `--pgdata=${cluster}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ]
    await run(binaries.initdb, args, { ...account, cwd: '/' })
  } catch (error) {
    throw new ServerStartError('PostgreSQL', error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error))
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function checkVersion(cluster: string, binaries: Binaries): Promise<void> {
  const [data, { stdout }] = await Promise.all([readFile(join(cluster, 'PG_VERSION'), 'utf8'), run(binaries.postgres, ['--version'])])
  const server = /(\d+)/.exec(stdout)?.[1]
  if (data.trim() === server) return
  throw new Error(
    `the data in ${cluster} is of PostgreSQL ${data.trim()}, but this server is ${server}: dump it with the old version, or move it away`,
  )
}

async function stopPredecessor(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (!(pid > 0)) return
  await stopLeftover(pid, cluster, FAST_STOP)
  // PostgreSQL would take any process that has got the id since for itself.
  await rm(file, { force: true })
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === WRONG_PASSWORD) {
      throw new Error('PostgreSQL refuses the password in login.json: it is not the one the data beside it was made with')
    }
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
