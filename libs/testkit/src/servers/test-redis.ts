import { rm } from 'node:fs/promises'
import { Redis } from 'ioredis'
import { type EmbeddedRedisOptions, startRedis } from './embedded-redis.js'
import { redisKeys } from './inspect.js'
import { restartable, type TestServer } from './restartable.js'
import { sharedServer, temporaryFolder } from './test-run.js'

export interface TestRedis extends TestServer {
  flushAll(): Promise<void>
  /** The names of all keys, sorted. */
  keys(): Promise<string[]>
  /** Connected, but silent: the half-open link. */
  pause(): void
  resume(): void
}

let standIn: TestRedis | undefined

/** From now on the suites of this file run on this one, whatever Redis they ask for: a cluster, for example. */
export function runOn(redis: TestRedis): void {
  standIn = redis
}

/** The Redis of this test run: TEST_REDIS_URL, else one of our own. Test files keep apart by the prefix of their keys. */
export async function sharedRedisUrl(): Promise<string> {
  if (standIn !== undefined) return standIn.url
  const given = process.env.TEST_REDIS_URL
  if (given !== undefined && given !== '') return given
  return sharedServer('redis', (folder, output) => startRedis({ folder, ...output, persistent: false }))
}

/** A Redis of its own for a test file; it keeps its data over a restart unless `persistent: false`. */
export async function createTestRedis(options: Pick<EmbeddedRedisOptions, 'persistent'> = {}): Promise<TestRedis> {
  if (standIn !== undefined) return { ...standIn, drop: standIn.start }
  const folder = await temporaryFolder('redis')
  const server = await restartable(
    () => startRedis({ folder, ...options }),
    () => rm(folder, { recursive: true, force: true }),
  )
  return {
    ...server,
    // The spread copies the value, which changes with each start.
    get pid() {
      return server.pid
    },
    flushAll: () => flushAll(server.url),
    keys: () => redisKeys(server.url),
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
  }
}

async function flushAll(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 3 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.flushall()
  } finally {
    client.disconnect()
  }
}
