import type { Redis } from 'ioredis'

/** Sums that all processes add to; gone some time after the last of them has. */
export interface Tallies {
  /** Adds whole numbers, also less than nothing, and gives the sums. One that is not there begins with what its caller knows of it. */
  add<T extends Record<keyof T, number>>(name: string, by: T, known: T, ttlMs: number): Promise<T>
}

export function createTallies(redis: Redis, prefix: string): Tallies {
  return {
    async add<T extends Record<keyof T, number>>(name: string, by: T, known: T, ttlMs: number) {
      const key = `${prefix}:tally:${name}`
      const fields = Object.keys(by) as (keyof T & string)[]
      const all = redis.multi()
      for (const field of fields) all.hsetnx(key, field, known[field])
      all.pexpire(key, ttlMs)
      for (const field of fields) all.hincrby(key, field, by[field])
      const sums = ((await all.exec()) ?? []).slice(-fields.length)
      return Object.fromEntries(fields.map((field, nr) => [field, sumOf(sums[nr])])) as T
    },
  }
}

function sumOf([error, sum]: [Error | null, unknown] = [new Error('Redis gave no sum'), null]): number {
  if (error) throw error
  return Number(sum)
}
