import { randomUUID } from 'node:crypto'
import { afterAll, afterEach } from '@jest/globals'
import type { Redis } from 'ioredis'
import { type Bus, openBus } from '../bus.js'
import { type QueuedJob, stageJob } from '../catalogue.js'
import { workerConnection } from '../connections.js'
import { keyPrefix, type RedisTarget } from '../redis-address.js'
import type { JobEnd, JobWorker, RunningJob } from '../worker.js'

export interface TestBus extends Bus {
  prefix: string
  /** How its keys begin. */
  keys: string
  errors: Error[]
}

export interface Run {
  id: string
  restarted: boolean
  data: RunningJob<'search'>['data']
  signal: AbortSignal
  /** Ends the run. */
  end(how?: JobEnd): void
}

type Work = Partial<{ concurrency: number; lockMs: number; stalledCheckMs: number; silenceMs: number; auto: (run: Run) => JobEnd | null }>

export const DONE: JobEnd = { kind: 'done' }

/** Buses, workers and connections that are closed after each test. */
export function useBus(): {
  open(url: string, prefix?: string, more?: Partial<RedisTarget>): Promise<TestBus>
  work(bus: TestBus, options?: Work): { runs: Run[]; worker: JobWorker; stalled: string[] }
  /** Where the keys of the bus are that was opened last. */
  redis(url: string): Redis
} {
  const closes: (() => unknown)[] = []
  let lastPrefix = ''
  const end = async () => {
    for (const close of closes.splice(0).reverse()) await close()
  }
  afterEach(end)
  afterAll(end)

  return {
    async open(url, prefix = `t${randomUUID().slice(0, 8)}`, more = {}) {
      lastPrefix = prefix
      const errors: Error[] = []
      const bus = openBus({ url, prefix, ...more, onError: (error) => errors.push(error) })
      closes.push(() => bus.close())
      await bus.ready()
      return { ...bus, prefix, keys: keyPrefix({ url, prefix }), errors }
    },
    work(bus, { auto, ...options } = {}) {
      const runs: Run[] = []
      const stalled: string[] = []
      const worker = bus.work({
        queue: 'search',
        concurrency: 5,
        lockMs: 4000,
        stalledCheckMs: 2000,
        ...options,
        onError: (error) => bus.errors.push(error),
        onStalled: (id) => stalled.push(id),
        handle: ({ id, restarted, data }, signal) =>
          new Promise<JobEnd>((resolve) => {
            const run: Run = { id, restarted, data, signal, end: (how = DONE) => resolve(how) }
            runs.push(run)
            const giveBack = () => resolve({ kind: 'later', at: new Date() })
            signal.addEventListener('abort', giveBack)
            if (signal.aborted) giveBack()
            const how = auto?.(run)
            if (how) resolve(how)
          }),
      })
      closes.push(() => worker.close(0))
      return { runs, worker, stalled }
    },
    redis(url) {
      const redis = workerConnection({ url, prefix: lastPrefix })
      redis.on('error', () => {})
      closes.push(() => redis.disconnect())
      return redis
    },
  }
}

export function searchJob(priority = 2, id: string = randomUUID()): QueuedJob {
  return stageJob({ id, stage: 'search', stageVersion: 1, priority })
}
