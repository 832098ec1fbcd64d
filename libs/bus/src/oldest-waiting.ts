import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { type Stands, standsWithoutRounds, standsWithRounds } from './rounds.js'

const PRIORITIES = [1, 2, 3]
// Who stands in front may have come back, to look whether there is a place for it: those tell nothing of the queue.
const IN_FRONT = 10

/**
 * Since when the oldest job waits that nobody has begun. Each priority is looked at, since those behind may starve; of each only
 * the front, where the oldest stand.
 */
export async function oldestWaiting(connection: Redis, queue: Queue): Promise<number | null> {
  const parts = PRIORITIES.flatMap((priority) => [standsWithoutRounds(priority), standsWithRounds(priority)])
  const since = (await Promise.all(parts.map((part) => sinceWhen(connection, queue, part)))).flat()
  return since.length === 0 ? null : Math.min(...since)
}

async function sinceWhen(connection: Redis, queue: Queue, { from, below }: Stands): Promise<number[]> {
  const ids = await connection.zrangebyscore(queue.toKey('prioritized'), from, `(${below}`, 'LIMIT', 0, IN_FRONT)
  const jobs = await Promise.all(ids.map((id) => connection.hmget(queue.toKey(id), 'timestamp', 'ats')))
  // `ats` counts how often it was begun.
  return jobs.flatMap(([timestamp, begun]) => (timestamp && !begun ? [Number(timestamp)] : []))
}
