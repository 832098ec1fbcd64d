import type { Redis } from 'ioredis'

/** A right that is held by renewing it: it ends by itself soon after its owner has died. */
export interface Leases {
  /** Takes or renews one of `places` under the name. False when all are taken by others. */
  take(name: string, owner: string, places: number, ttlMs: number): Promise<boolean>
  /** Keeps what is held alive, or takes it back after Redis lost it, even beyond the limit. */
  renew(name: string, owner: string, ttlMs: number): Promise<void>
  release(name: string, owner: string): Promise<void>
}

// The clock is Redis's own, so that owners on machines with other clocks agree.
const TAKE = `
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms)
if redis.call('ZSCORE', KEYS[1], ARGV[1]) or redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[2]) then
  redis.call('ZADD', KEYS[1], ms + tonumber(ARGV[3]), ARGV[1])
  redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[3]) * 2)
  return 1
end
return 0`

export function createLeases(redis: Redis, prefix: string): Leases {
  const place = (name: string) => `${prefix}:lease:${name}`
  return {
    async take(name, owner, places, ttlMs) {
      return (await redis.eval(TAKE, 1, place(name), owner, String(places), String(ttlMs))) === 1
    },
    async renew(name, owner, ttlMs) {
      await redis.eval(TAKE, 1, place(name), owner, String(Number.MAX_SAFE_INTEGER), String(ttlMs))
    },
    async release(name, owner) {
      await redis.zrem(place(name), owner)
    },
  }
}
