import { Redis, type RedisOptions } from 'ioredis'

const COMMON: RedisOptions = {
  // Back within a second of Redis's return, whatever the outage lasted.
  retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1000),
  connectTimeout: 10_000,
  keepAlive: 10_000,
}

/** For whoever answers a caller: fails at once while Redis is away, and soon when it is there but silent, instead of hanging. */
export function producerConnection(url: string): Redis {
  return new Redis(url, { ...COMMON, maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 5000 })
}

/** For workers and subscribers: blocking reads wait for ever and take up again after an outage. */
export function workerConnection(url: string): Redis {
  return new Redis(url, { ...COMMON, maxRetriesPerRequest: null })
}

/** Resolves when the connection is usable; never, while Redis stays away. */
export function whenReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve()
  return new Promise((resolve) => redis.once('ready', () => resolve()))
}
