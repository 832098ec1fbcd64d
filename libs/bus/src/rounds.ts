import type { Redis } from 'ioredis'
import type { QueuedJob } from './catalogue.js'

// BullMQ counts priorities up to 2^21 and orders waiting jobs by priority * 2^32 + order of arrival.
const ROUNDS = 500_000
const SCORES_OF_ONE = 2 ** 32

/** A part of the line of waiting jobs, by their scores. */
export interface Stands {
  from: number
  below: number
}

export function standsWithRounds(priority: number): Stands {
  return { from: priority * ROUNDS * SCORES_OF_ONE, below: (priority + 1) * ROUNDS * SCORES_OF_ONE }
}

export function standsWithoutRounds(priority: number): Stands {
  return { from: priority * SCORES_OF_ONE, below: (priority + 1) * SCORES_OF_ONE }
}

/**
 * The priority for BullMQ. Bundles take turns: the first job of each, then the second of each. A bundle that comes later begins
 * with the round that is being served, so it neither waits for all of those before it nor holds them up for ever.
 */
export function priorityOf({ priority, round }: QueuedJob, served: ReadonlyMap<number, number>): number {
  if (round === undefined) return priority
  return priority * ROUNDS + Math.min((served.get(priority) ?? 0) + round, ROUNDS - 1)
}

/** By priority, the round of the job that is the next; where none waits, counting begins anew. */
export async function servedRounds(connection: Redis, waitingKey: string, jobs: QueuedJob[]): Promise<Map<number, number>> {
  const priorities = new Set(jobs.flatMap((job) => (job.round === undefined ? [] : [job.priority])))
  const rounds = [...priorities].map(async (priority) => {
    const { from, below } = standsWithRounds(priority)
    const [, score] = await connection.zrangebyscore(waitingKey, from, `(${below}`, 'WITHSCORES', 'LIMIT', 0, 1)
    return [priority, score === undefined ? 0 : Math.floor(Number(score) / SCORES_OF_ONE) - priority * ROUNDS] as const
  })
  return new Map(await Promise.all(rounds))
}
