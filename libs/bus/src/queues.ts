import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { QUEUES, type QueuedJob } from './catalogue.js'

export interface QueueDepth {
  queue: string
  waiting: number
  active: number
  delayed: number
}

export interface JobQueues {
  /** Adding a job that is there already does nothing. */
  add(jobs: QueuedJob[]): Promise<void>
  /** Lets a delayed job run now; does nothing when it is not delayed. */
  promote(queue: string, id: string): Promise<void>
  depths(): Promise<QueueDepth[]>
  close(): Promise<void>
}

export class RedisAway extends Error {
  override readonly name = 'RedisAway'
  readonly code = 'ECONNREFUSED'
  constructor() {
    super('Redis cannot be reached')
  }
}

// Ended jobs leave at once: Postgres keeps what happened.
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const

export function createQueues(connection: Redis, prefix: string, onError: (error: Error) => void): JobQueues {
  const queues = new Map<string, Queue>()

  /** Made on a connection that stands: one that is made while Redis is away would never work again. */
  function queueOf(name: string): Queue {
    const known = queues.get(name)
    if (known) return known
    if (connection.status !== 'ready') throw new RedisAway()
    const queue = new Queue(name, { connection, prefix, streams: { events: { maxLen: 100 } }, skipWaitingForReady: true, skipMetasUpdate: true })
    queue.on('error', onError)
    queues.set(name, queue)
    queue.waitUntilReady().catch(() => queues.delete(name))
    return queue
  }

  return {
    async add(jobs) {
      const byQueue = groupByQueue(jobs)
      await Promise.all(
        [...byQueue].map(([name, some]) =>
          queueOf(name).addBulk(some.map(({ id, data, priority }) => ({ name, data, opts: { ...JOB_OPTIONS, jobId: id, priority } }))),
        ),
      )
    },
    async promote(queue, id) {
      const job = await queueOf(queue).getJob(id)
      if (job && (await job.isDelayed())) await job.promote().catch(() => {})
    },
    async depths() {
      return Promise.all(
        QUEUES.map(async (name) => {
          const counts = await queueOf(name).getJobCounts('waiting', 'prioritized', 'active', 'delayed')
          return {
            queue: name,
            waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
            active: counts.active ?? 0,
            delayed: counts.delayed ?? 0,
          }
        }),
      )
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
    },
  }
}

function groupByQueue(jobs: QueuedJob[]): Map<string, QueuedJob[]> {
  const groups = new Map<string, QueuedJob[]>()
  for (const job of jobs) groups.set(job.queue, [...(groups.get(job.queue) ?? []), job])
  return groups
}
