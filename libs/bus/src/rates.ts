import type { Redis } from 'ioredis'

/** How often somebody may come, over all processes: so many times a minute, also all at once, and then evenly. */
export interface Rates {
  /** 0: let in and counted. Else in so many ms, and not counted. */
  take(name: string, perMinute: number): Promise<number>
}

/** One number for each name: when it would be empty if nobody came any more. By the clock of Redis, which all share. */
const TAKE = `
local time = redis.call('time')
local now = time[1] * 1000 + time[2] / 1000
local each = 60000 / ARGV[1]
local empty = math.max(tonumber(redis.call('get', KEYS[1]) or 0), now)
local early = empty + each - now - 60000
if early > 0 then return math.ceil(early) end
redis.call('set', KEYS[1], tostring(empty + each), 'px', math.ceil(empty + each - now))
return 0`

export function createRates(redis: Redis, prefix: string): Rates {
  return {
    take: async (name, perMinute) => Number(await redis.eval(TAKE, 1, `${prefix}:rate:${name}`, String(perMinute))),
  }
}
