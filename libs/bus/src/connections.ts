import { Redis, type RedisOptions } from 'ioredis'
import { parseRedisUrl, type RedisTarget } from './redis-address.js'
import { slotConnector } from './slot-connector.js'

const retryStrategy = (attempt: number) => Math.min(50 * 2 ** attempt, 1000)

const COMMON: RedisOptions = {
  // Back within a second of Redis's return, whatever the outage lasted.
  retryStrategy,
  connectTimeout: 10_000,
  keepAlive: 10_000,
}

/** Where another server may have taken over: one that says nothing is left, and one that is no longer in charge, too. */
const WITH_HEIRS: RedisOptions = {
  // Longer than any question may stay open.
  socketTimeout: 20_000,
  // Not asked again by itself: half of a transaction would be.
  reconnectOnError: (error) => /^(MOVED|READONLY|UNBLOCKED)\b/.test(error.message),
}

/** For whoever answers a caller: fails at once while Redis is away, and soon when it is there but silent, instead of hanging. */
export function producerConnection(target: RedisTarget): Redis {
  return new Redis({ ...optionsOf(target), maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 5000 })
}

/** For workers and subscribers: blocking reads wait for ever and take up again after an outage. */
export function workerConnection(target: RedisTarget): Redis {
  return new Redis({ ...optionsOf(target), maxRetriesPerRequest: null })
}

/** For one look: not made again when it fails. */
export function lookConnection(target: RedisTarget, limitMs: number): Redis {
  const once: RedisOptions = { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null, sentinelRetryStrategy: () => null }
  return new Redis({ ...optionsOf(target), ...once, connectTimeout: limitMs, commandTimeout: limitMs })
}

function optionsOf({ url, prefix, tls: pem = {}, sentinelPassword }: RedisTarget): RedisOptions {
  const { kind, hosts, username, password, db, master, tls: isTls } = parseRedisUrl(url)
  const tls = isTls ? { ...pem } : undefined
  const options: RedisOptions = { ...COMMON, username, password, db, tls }
  if (kind === 'cluster') return { ...options, ...WITH_HEIRS, Connector: slotConnector(hosts, `{${prefix}}`) }
  if (kind === 'server') return { ...options, ...hosts[0] }
  return {
    ...options,
    ...WITH_HEIRS,
    sentinels: hosts,
    name: master,
    sentinelPassword,
    sentinelTLS: tls,
    enableTLSForSentinelMode: isTls,
    sentinelCommandTimeout: 3000,
    sentinelRetryStrategy: retryStrategy,
    // A server that is cut off cannot say that it lost its office.
    failoverDetector: true,
    sentinelMaxConnections: 2,
  }
}

/** Resolves when the connection is usable; never, while Redis stays away. */
export function whenReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve()
  return new Promise((resolve) => redis.once('ready', () => resolve()))
}
