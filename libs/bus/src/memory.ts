import type { Redis } from 'ioredis'

/** What all processes remember for a while. It may be gone at any time. */
export interface Memory {
  get(key: string): Promise<Buffer | null>
  put(key: string, value: Buffer, ttlMs: number): Promise<void>
}

export function createMemory(redis: Redis, prefix: string): Memory {
  const keyOf = (key: string) => `${prefix}:memory:${key}`
  return {
    get: (key) => redis.getBuffer(keyOf(key)),
    async put(key, value, ttlMs) {
      await redis.set(keyOf(key), value, 'PX', Math.max(1, Math.round(ttlMs)))
    },
  }
}
