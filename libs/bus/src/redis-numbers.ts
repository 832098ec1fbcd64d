import type { Redis } from 'ioredis'

/** How Redis fares, in numbers. */
export interface RedisNumbers {
  usedBytes: number
  /** 0: no limit. */
  limitBytes: number
  appendOnly: boolean
  /** The last writes of what survives a restart went well. */
  written: boolean
}

const FAULTS = /(aof_last_write_status|aof_last_bgrewrite_status|rdb_last_bgsave_status):err/

export async function redisNumbers(redis: Redis): Promise<RedisNumbers> {
  const [memory, persistence] = await Promise.all([redis.info('memory'), redis.info('persistence')])
  return {
    usedBytes: numberIn(memory, 'used_memory'),
    limitBytes: numberIn(memory, 'maxmemory'),
    appendOnly: numberIn(persistence, 'aof_enabled') === 1,
    written: !FAULTS.test(persistence),
  }
}

function numberIn(info: string, name: string): number {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0)
}
