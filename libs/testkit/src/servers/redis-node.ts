import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Redis, type RedisOptions } from 'ioredis'
import { linkProgram, PASSING } from './embedded-redis.js'
import { type Exit, spawnGuarded } from './guarded-process.js'
import { freePort } from './port.js'
import { startPatiently, tailOf, untilReady } from './server-process.js'
import { temporaryFolder } from './test-run.js'

/** One process of a Redis that is made of several, or that is set up as the test wants it. */
export interface RedisNode {
  port: number
  /** Another port that is its own. */
  otherPort: number
  tlsPort: number
  signal(signal: NodeJS.Signals): void
  start(): Promise<void>
  kill(): Promise<Exit>
  drop(): Promise<void>
  /** A connection for as long as the work lasts. */
  ask<T>(work: (redis: Redis) => Promise<T>): Promise<T>
}

interface NodeOptions {
  /** What its configuration says beside port and folder. */
  lines(port: number, otherPort: number, tlsPort: number): readonly string[]
  sentinel?: boolean
  /** How to get in. */
  login?: RedisOptions
}

const PLAIN = ['bind 127.0.0.1', 'daemonize no', 'set-proc-title no', 'save ""', 'logfile ""', 'loglevel warning']
const FEWER = ['bind 127.0.0.1', 'daemonize no', 'logfile ""', 'loglevel warning']

export async function startRedisNode({ lines, sentinel = false, login = {} }: NodeOptions): Promise<RedisNode> {
  const folder = await temporaryFolder('redis-node')
  const program = await linkProgram(folder, undefined, sentinel ? 'redis-sentinel' : 'redis-server')
  const config = join(folder, 'redis.conf')
  let port = 0
  let otherPort = 0
  let tlsPort = 0

  async function ask<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis({
      host: '127.0.0.1',
      port,
      ...login,
      lazyConnect: true,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      connectTimeout: 2000,
    })
    redis.on('error', () => {})
    try {
      await redis.connect()
      return await work(redis)
    } finally {
      if (redis.status !== 'end') redis.disconnect()
    }
  }

  async function start() {
    const tail = tailOf({})
    const child = spawnGuarded([program, config], { onLine: tail.onLine, graceMs: 2000 })
    const isReady = () =>
      ask((redis) => redis.ping()).then(
        () => true,
        () => false,
      )
    await untilReady('Redis', child, isReady, tail.text)
    return child
  }
  let child = await startPatiently(async () => {
    ;[port, otherPort, tlsPort] = [await freePort(), await freePort(), await freePort()]
    const text = [...(sentinel ? FEWER : PLAIN), `dir ${JSON.stringify(folder)}`, ...lines(port, otherPort, tlsPort), '']
    await writeFile(config, text.join('\n'), { mode: 0o600 })
    return start()
  }, PASSING)
  const kill = () => {
    child.signal('SIGKILL')
    return child.exited
  }
  return {
    port,
    otherPort,
    tlsPort,
    ask,
    kill,
    signal: (name) => child.signal(name),
    async start() {
      child = await start()
    },
    async drop() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
