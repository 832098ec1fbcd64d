import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import pg from 'pg'
import { sayLacking } from '../say-lacking.js'
import { startPostgres } from './embedded-postgres.js'
import { startRedis } from './embedded-redis.js'
import { removePostgresFolder } from './postgres-files.js'
import { commandLineOf } from './running-process.js'
import type { RunningServer } from './server-process.js'
import { temporaryFolder } from './test-run.js'

interface Kind {
  name: string
  start(folder: string): Promise<RunningServer>
  pidFile: string
  write(url: string, value: string): Promise<void>
  read(url: string): Promise<string[]>
}

const kinds: Kind[] = [
  {
    name: 'PostgreSQL',
    start: (folder) => startPostgres({ folder, durable: false }),
    pidFile: 'cluster/postmaster.pid',
    write: async (url, value) => {
      await sql(url, 'CREATE TABLE IF NOT EXISTS mark (value text)')
      await sql(url, 'INSERT INTO mark VALUES ($1)', [value])
    },
    read: async (url) => (await sql(url, 'SELECT value FROM mark ORDER BY value')).map(({ value }) => String(value)),
  },
  {
    name: 'Redis',
    start: (folder) => startRedis({ folder }),
    pidFile: 'redis.pid',
    write: async (url, value) => {
      await redis(url, (client) => client.sadd('mark', value))
    },
    read: async (url) => (await redis(url, (client) => client.smembers('mark'))).sort(),
  },
]

async function sql(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

async function redis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  try {
    return await work(client)
  } finally {
    client.disconnect()
  }
}

describe.each(kinds)('an embedded $name', ({ name, start, pidFile, write, read }) => {
  const running: RunningServer[] = []
  let folder: string

  async function started(): Promise<RunningServer> {
    const server = await start(folder)
    running.push(server)
    return server
  }

  beforeAll(async () => {
    folder = await temporaryFolder('embedded')
  })
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop()
  })
  afterAll(() => removePostgresFolder(folder))

  test('comes back after a kill with its data, its address and its password', async () => {
    const first = await started()
    await write(first.url, 'one')
    first.signal('SIGKILL')
    await first.exited
    const second = await started()
    expect(second.url).toBe(first.url)
    expect(await read(second.url)).toContain('one')
  })

  test('takes the place of one that was left running', async () => {
    const first = await started()
    await write(first.url, 'two')
    const second = await started()
    await first.exited
    expect(await commandLineOf(first.pid)).toBeUndefined()
    expect(await read(second.url)).toContain('two')
  })

  test('leaves a process alone that has got the id of a dead one', async () => {
    const first = await started()
    const note = await readFile(join(folder, pidFile), 'utf8')
    await first.stop()
    await writeFile(join(folder, pidFile), note.replace(String(first.pid), String(process.pid)))
    const second = await started()
    expect(await commandLineOf(second.pid)).toContain(folder)
  })

  test('moves when somebody has taken its port', async () => {
    const first = await started()
    await first.stop()
    const server = await listenOn(first.port)
    const second = await started()
    expect(second.port).not.toBe(first.port)
    server.close()
  })

  test('listens on loopback only and asks for a password, which nobody else can read', async () => {
    const { url } = await started()
    const wrong = new URL(url)
    wrong.password = 'guessed'
    const refused = name === 'Redis' ? /WRONGPASS|NOAUTH/ : /password authentication failed/
    await expect(name === 'Redis' ? refusal(wrong.href) : sql(wrong.href, 'SELECT 1')).rejects.toThrow(refused)
    expect(wrong.hostname).toBe('127.0.0.1')
    expect((await stat(join(folder, 'login.json'))).mode & 0o777).toBe(0o600)
  })
})

function refusal(url: string): Promise<never> {
  const client = new Redis(url, { retryStrategy: () => null })
  return new Promise<never>((_, reject) => {
    client.on('error', reject)
    client.on('ready', () => reject(new Error('was let in')))
  }).finally(() => client.disconnect())
}

function listenOn(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server))
  })
}

describe('what cannot be put right is said plainly', () => {
  let folder: string
  beforeAll(async () => {
    folder = await temporaryFolder('embedded')
  })
  afterAll(() => removePostgresFolder(folder))

  test('a PostgreSQL whose password is lost', async () => {
    await (await startPostgres({ folder, durable: false })).stop()
    await rm(join(folder, 'login.json'))
    await expect(startPostgres({ folder, durable: false })).rejects.toThrow(/refuses the password in login.json/)
  })

  test('data of another version', async () => {
    await writeFile(join(folder, 'cluster', 'PG_VERSION'), '9\n')
    await expect(startPostgres({ folder, durable: false })).rejects.toThrow(/is of PostgreSQL 9, but this server is/)
  })

  test('a Redis program that is not there', async () => {
    await expect(startRedis({ folder, program: '/no/such/redis-server' })).rejects.toThrow(/\/no\/such\/redis-server is not a program/)
  })
})

test('a cluster that was not made to its end is made anew', async () => {
  const folder = await temporaryFolder('embedded')
  await mkdir(join(folder, 'cluster', 'base'), { recursive: true })
  const server = await startPostgres({ folder, durable: false })
  await server.stop()
  await removePostgresFolder(folder)
})

// Elsewhere the server runs under the account of whoever starts it, and no folder of his is closed to him.
const isRoot = sayLacking(process.getuid?.() === 0, 'a test of servers under another account, because it takes root')
const asRoot = isRoot ? test : test.skip

asRoot('under a folder that is closed to the account of the server the data lies elsewhere, and goes with it', async () => {
  const closed = await mkdtemp(join(tmpdir(), 'torrentino-closed-'))
  await chmod(closed, 0o700)
  const folder = join(closed, 'postgres')
  const first = await startPostgres({ folder, durable: false })
  await kinds[0]?.write(first.url, 'one')
  await first.stop()
  const second = await startPostgres({ folder, durable: false })
  expect(await kinds[0]?.read(second.url)).toEqual(['one'])
  await second.stop()
  const cluster = await realpath(join(folder, 'cluster'))
  expect(cluster.startsWith(closed)).toBe(false)
  await removePostgresFolder(folder)
  await expect(stat(cluster)).rejects.toThrow(/ENOENT/)
  await rm(closed, { recursive: true })
})
