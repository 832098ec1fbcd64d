import { lookConnection } from './connections.js'
import type { RedisTarget } from './redis-address.js'
import { checkRedis, type RedisCheck } from './redis-check.js'

export interface RedisFacts extends RedisCheck {
  version: string
  /** Its clock, in milliseconds. */
  now: number
}

/** A look from outside by a connection of its own, which is not made again when it fails. */
export async function inspectRedis(target: RedisTarget, limitMs: number): Promise<RedisFacts> {
  const redis = lookConnection(target, limitMs)
  let fault: Error | undefined
  redis.on('error', (error) => {
    fault = error
  })
  try {
    await redis.connect()
    const [check, server, [secs, micros]] = await Promise.all([checkRedis(redis), redis.info('server'), redis.time()])
    return { ...check, version: /redis_version:(\S+)/.exec(server)?.[1] ?? 'unknown', now: Number(secs) * 1000 + Number(micros) / 1000 }
  } catch (error) {
    // "Connection is closed" hides why.
    throw fault ?? error
  } finally {
    if (redis.status !== 'end') redis.disconnect()
  }
}
