import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { QUEUES, type QueuedJob } from './catalogue.js'
import { oldestWaiting } from './oldest-waiting.js'
import { priorityOf, servedRounds } from './rounds.js'

export interface QueueDepth {
  queue: string
  waiting: number
  active: number
  delayed: number
}

export interface QueueAge {
  queue: string
  oldestSecs: number
}

export interface JobQueues {
  /** For who shows them. Whoever changes a job here does so behind the back of Postgres. */
  readonly queues: readonly Queue[]
  /** Adding a job that is there already does nothing. */
  add(jobs: QueuedJob[]): Promise<void>
  /** Lets a delayed job run now; one that waits or runs already is left alone. False when there is no such job. */
  promote(queue: string, id: string): Promise<boolean>
  depths(): Promise<QueueDepth[]>
  /** For how long the oldest job has been waiting that nobody has begun yet; 0 where there is none. */
  ages(): Promise<QueueAge[]>
  close(): Promise<void>
}

// Ended jobs leave at once: Postgres keeps what happened.
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const
// Nobody reads the queues' event streams; BullMQ writes them all the same, and would keep ten thousand entries of each.
const MAX_STREAM_EVENTS = 100

export function createQueues(connection: Redis, prefix: string, onError: (error: Error) => void): JobQueues {
  const queues = new Map<string, Queue>(QUEUES.map((name) => [name, open(name)]))

  function open(name: string): Queue {
    // Made before the connection stands, and that may be long before: nothing may be asked of Redis here.
    const queue = new Queue(name, { connection, prefix, skipWaitingForReady: true, skipVersionCheck: true, skipMetasUpdate: true })
    queue.on('error', onError)
    return queue
  }

  function queueOf(name: string): Queue {
    const queue = queues.get(name)
    if (!queue) throw new Error(`there is no queue ${name}`)
    return queue
  }

  return {
    queues: [...queues.values()],
    async add(jobs) {
      const byQueue = groupByQueue(jobs)
      await Promise.all(
        [...byQueue].map(async ([name, some]) => {
          const queue = queueOf(name)
          const served = await servedRounds(connection, queue.toKey('prioritized'), some)
          const optionsOf = (job: QueuedJob) => ({ ...JOB_OPTIONS, jobId: job.id, priority: priorityOf(job, served) })
          await queue.addBulk(some.map((job) => ({ name, data: job.data, opts: optionsOf(job) })))
        }),
      )
    },
    async promote(queue, id) {
      const job = await queueOf(queue).getJob(id)
      if (!job) return false
      // Between the two somebody may have taken it, which is all that is wanted.
      if (await job.isDelayed()) await job.promote().catch(() => {})
      return true
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
    async ages() {
      return Promise.all(
        QUEUES.map(async (name) => {
          const since = await oldestWaiting(connection, queueOf(name))
          return { queue: name, oldestSecs: since === null ? 0 : Math.max(0, (Date.now() - since) / 1000) }
        }),
      )
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
    },
  }
}

/** Kept in Redis, so it has to be said again whenever Redis may be a new one. */
export async function limitStreams(connection: Redis, prefix: string): Promise<void> {
  await Promise.all(QUEUES.map((name) => connection.hset(`${prefix}:${name}:meta`, 'opts.maxLenEvents', MAX_STREAM_EVENTS)))
}

function groupByQueue(jobs: QueuedJob[]): Map<string, QueuedJob[]> {
  const groups = new Map<string, QueuedJob[]>()
  for (const job of jobs) groups.set(job.queue, [...(groups.get(job.queue) ?? []), job])
  return groups
}
