import { spawnSync } from 'node:child_process'
import { chown, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { sayLacking } from '../say-lacking.js'
import { spawnGuarded } from './guarded-process.js'
import { freePort } from './port.js'
import { serverAccount } from './postgres-account.js'
import { startPatiently, tailOf, untilReady } from './server-process.js'
import { temporaryFolder } from './test-run.js'

/** A pooler that gives each transaction another session of the server. */
export interface TestPooler {
  /** The way to a database of that server through it. */
  through(databaseUrl: string): string
  /** Without warning, in the middle of whatever goes through it. */
  kill(): Promise<void>
  start(): Promise<void>
  drop(): Promise<void>
}

const PROGRAM = '/usr/sbin/pgbouncer'
let found: boolean | undefined

export function hasPgbouncer(): boolean {
  found ??= spawnSync(PROGRAM, ['--version'], { stdio: 'ignore' }).status === 0
  return sayLacking(found, 'tests of a pooler before PostgreSQL, because pgbouncer is not installed (apt-get install pgbouncer)')
}

/** Few sessions, so that each transaction of many comes upon another one. */
export async function startPgbouncer(databaseUrl: string, sessions = 4): Promise<TestPooler> {
  const folder = await temporaryFolder('pgbouncer')
  const account = await serverAccount()
  const config = join(folder, 'pgbouncer.ini')
  const { hostname, port: serverPort, username, password } = new URL(databaseUrl)
  const users = join(folder, 'users.txt')
  await writeFile(users, `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`)
  let port = 0
  const through = (url: string) => {
    const way = new URL(url)
    way.host = `127.0.0.1:${port}`
    return way.href
  }

  async function start() {
    const tail = tailOf({})
    const child = spawnGuarded([PROGRAM, config], { ...account, onLine: tail.onLine, graceMs: 1000 })
    await untilReady('PgBouncer', child, () => answers(through(databaseUrl)), tail.text)
    return child
  }
  let child = await startPatiently(async () => {
    port = await freePort()
    const lines = [
      '[databases]',
      `* = host=${hostname} port=${serverPort} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = plain',
      `auth_file = ${users}`,
      'pool_mode = transaction',
      `default_pool_size = ${sessions}`,
      'max_client_conn = 500',
    ]
    await writeFile(config, `${lines.join('\n')}\n`)
    if (account !== undefined) for (const file of [config, users]) await chown(file, account.uid, account.gid)
    return start()
  }, /Address already in use/)
  const kill = async () => {
    child.signal('SIGKILL')
    await child.exited
  }
  return {
    through,
    kill,
    async start() {
      child = await start()
    },
    async drop() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
