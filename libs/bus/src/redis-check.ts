import type { Redis } from 'ioredis'

export interface RedisCheck {
  /** Redis may throw jobs and locks away: nothing must run on it. */
  fault?: string
  /** Jobs do not survive a restart of Redis; the rescue brings them back from Postgres, later. */
  warning?: string
  /** Part of the memory limit in use, where there is one. */
  memoryUsed?: number
}

export async function checkRedis(redis: Redis): Promise<RedisCheck> {
  const [memory, persistence] = await Promise.all([redis.info('memory'), redis.info('persistence')])
  const policy = /maxmemory_policy:(\S+)/.exec(memory)?.[1]
  const used = Number(/used_memory:(\d+)/.exec(memory)?.[1] ?? 0)
  const limit = Number(/maxmemory:(\d+)/.exec(memory)?.[1] ?? 0)
  return {
    ...(policy &&
      policy !== 'noeviction' && { fault: `Redis has maxmemory-policy ${policy}, which drops jobs and locks; set it to noeviction` }),
    ...(/aof_enabled:0/.test(persistence) && {
      warning: 'Redis has no append-only file: its jobs do not survive a restart; set appendonly yes',
    }),
    ...(limit > 0 && { memoryUsed: used / limit }),
  }
}
