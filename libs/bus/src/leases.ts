import type { Redis } from 'ioredis'

/** A right that is held by renewing it: it ends by itself soon after its owner has died. */
export interface Leases {
  /** Takes or renews one of `places` under the name. False when all are taken by others. */
  take(name: string, owner: string, places: number, ttlMs: number): Promise<boolean>
  /** The only place under each of these names, in one question however many they are. Answers which of them are the owner's now. */
  takeEach(names: readonly string[], owner: string, ttlMs: number): Promise<boolean[]>
  /** Keeps what is held alive, or takes it back after Redis lost it, even beyond the limit. */
  renew(name: string, owner: string, ttlMs: number): Promise<void>
  release(name: string, owner: string): Promise<void>
}

// The clock is Redis's own, so that owners on machines with other clocks agree.
const TAKE = `
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local taken = {}
for at, key in ipairs(KEYS) do
  taken[at] = 0
  redis.call('ZREMRANGEBYSCORE', key, '-inf', ms)
  if redis.call('ZSCORE', key, ARGV[1]) or redis.call('ZCARD', key) < tonumber(ARGV[2]) then
    redis.call('ZADD', key, ms + tonumber(ARGV[3]), ARGV[1])
    redis.call('PEXPIRE', key, tonumber(ARGV[3]) * 2)
    taken[at] = 1
  end
end
return taken`

export function createLeases(redis: Redis, prefix: string): Leases {
  const place = (name: string) => `${prefix}:lease:${name}`
  async function takeAll(names: readonly string[], owner: string, places: number, ttlMs: number): Promise<boolean[]> {
    const taken = await redis.eval(TAKE, names.length, ...names.map(place), owner, String(places), String(ttlMs))
    return (taken as number[]).map((one) => one === 1)
  }

  return {
    async take(name, owner, places, ttlMs) {
      const [taken = false] = await takeAll([name], owner, places, ttlMs)
      return taken
    },
    takeEach: (names, owner, ttlMs) => takeAll(names, owner, 1, ttlMs),
    async renew(name, owner, ttlMs) {
      await takeAll([name], owner, Number.MAX_SAFE_INTEGER, ttlMs)
    },
    async release(name, owner) {
      await redis.zrem(place(name), owner)
    },
  }
}
