import type { Stage } from '@torrentino/domain'
import { DelayedError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { z } from 'zod'
import { CATALOGUE } from './catalogue.js'

/** How a job ends: done (or nothing to do), or to be run again at a time. Failing is not an end: the pipeline decides what follows a fault. */
export type JobEnd = { kind: 'done' } | { kind: 'later'; at: Date }

export interface RunningJob<Q extends Stage> {
  id: string
  data: z.infer<(typeof CATALOGUE)[Q]>
  /** The job was begun before and its process did not live to end it. */
  restarted: boolean
}

export interface WorkerOptions<Q extends Stage> {
  queue: Q
  connection: Redis
  prefix: string
  concurrency: number
  lockMs: number
  stalledCheckMs: number
  handle(job: RunningJob<Q>, signal: AbortSignal): Promise<JobEnd>
  onError(error: Error): void
  onStalled(jobId: string): void
}

export interface JobWorker {
  /** Aborts the running job's signal. */
  cancel(jobId: string, reason: string): void
  /** False when the blocking read has been silent for longer than it can be: the worker would never get a job again. */
  isAlive(): boolean
  /** Takes no new job, aborts the running ones after the grace, and returns when all have ended or gone back. */
  close(graceMs: number): Promise<void>
}

const DRAIN_SECONDS = 5
const SILENCE_MS = 20_000

export function startWorker<Q extends Stage>(options: WorkerOptions<Q>): JobWorker {
  const { queue, connection, prefix, concurrency, lockMs, stalledCheckMs, handle, onError, onStalled } = options
  const schema = CATALOGUE[queue]

  const worker = new Worker(
    queue,
    async (job, token, signal) => {
      const data = schema.safeParse(job.data)
      if (!data.success) {
        onError(new Error(`job ${job.id} in queue ${queue} has no payload that we know; dropped`))
        return
      }
      const restarted = job.stalledCounter > (data.data.stallsSeen ?? 0)
      const end = await handle({ id: job.id ?? '', data: data.data as never, restarted }, signal ?? new AbortController().signal)
      if (end.kind === 'done') return
      // So that the next run does not take an old crash for a new one.
      if (restarted) await job.updateData({ ...job.data, stallsSeen: job.stalledCounter })
      await job.moveToDelayed(end.at.getTime(), token)
      throw new DelayedError()
    },
    {
      connection,
      prefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: stalledCheckMs,
      drainDelay: DRAIN_SECONDS,
      runRetryDelay: 1000,
      // The pipeline counts crashes in Postgres and gives up there, with a reason that people see.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      autorun: false,
    },
  )
  worker.on('error', onError)
  worker.on('stalled', onStalled)
  // Whoever has lost the lock has lost the job: somebody else runs it.
  worker.on('lockRenewalFailed', (ids: string[]) => {
    for (const id of ids) worker.cancelJob(id, 'lock lost')
  })
  const silence = watchSilence(worker)
  worker.run().catch(onError)

  let closed: Promise<void> | undefined
  async function close(graceMs: number): Promise<void> {
    const timer = setTimeout(() => worker.cancelAllJobs('shutting down'), graceMs)
    try {
      await worker.close()
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    cancel: (jobId, reason) => {
      worker.cancelJob(jobId, reason)
    },
    isAlive: () => worker.isRunning() && silence() < SILENCE_MS,
    close: (graceMs) => {
      closed ??= close(graceMs)
      return closed
    },
  }
}

/**
 * After some outages a blocking read never settles, while `isRunning()` and PING look well. The read lasts a few seconds
 * at most, so one that is under way for much longer tells that this worker will get no job any more.
 */
function watchSilence(worker: Worker): () => number {
  const inner = worker as unknown as { waitForJob(blockUntil: number): Promise<number> }
  const read = inner.waitForJob.bind(worker)
  let since: number | null = null
  inner.waitForJob = async (blockUntil) => {
    since = Date.now()
    try {
      return await read(blockUntil)
    } finally {
      since = null
    }
  }
  return () => (since === null ? 0 : Date.now() - since)
}
