import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'

/** Stand for something once, and for a short while: who has seen one go by can do nothing with it. */
export interface Passes {
  issue(value: string, ttlMs: number): Promise<string>
  /** Null: never issued, used before, or too late. */
  redeem(pass: string): Promise<string | null>
}

const BYTES = 32

export function createPasses(redis: Redis, prefix: string): Passes {
  const keyOf = (pass: string) => `${prefix}:pass:${createHash('sha256').update(pass).digest('hex')}`
  return {
    async issue(value, ttlMs) {
      const pass = randomBytes(BYTES).toString('base64url')
      await redis.set(keyOf(pass), value, 'PX', ttlMs)
      return pass
    },
    redeem: (pass) => redis.getdel(keyOf(pass)),
  }
}
