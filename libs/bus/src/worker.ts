import type { Stage } from '@torrentino/domain'
import { DelayedError, type Job, Worker } from 'bullmq'
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
  /** How long a question to Redis may stay open before the worker counts as parked. */
  silenceMs?: number
  handle(job: RunningJob<Q>, signal: AbortSignal): Promise<JobEnd>
  onError(error: Error): void
  onStalled(jobId: string): void
}

export interface JobWorker {
  /** False when a question to Redis has been open for longer than it can be: the worker gets no job, perhaps never again. */
  isAlive(): boolean
  /** Takes no new job, aborts the running ones after the grace, and returns when all have ended or gone back. */
  close(graceMs: number): Promise<void>
}

const DRAIN_SECONDS = 5
const SILENCE_MS = 20_000
const CUT_MS = 2000
const LOCK_LOST = 'lock lost'
const SHUTTING_DOWN = 'shutting down'

interface Run {
  job: Job
  stop: AbortController
}

export function startWorker<Q extends Stage>(options: WorkerOptions<Q>): JobWorker {
  const { queue, connection, prefix, concurrency, lockMs, stalledCheckMs, silenceMs = SILENCE_MS, handle, onError, onStalled } = options
  const schema = CATALOGUE[queue]

  const runs = new Map<string, Run>()
  // A job that was on its way when the grace ended gets no more of it than the others.
  let stopping = false

  const worker = new Worker(
    queue,
    async (job, token) => {
      const id = job.id ?? ''
      const data = schema.safeParse(job.data)
      if (!data.success) {
        onError(new Error(`job ${id} in queue ${queue} has no payload that we know; dropped`))
        return
      }
      const run = { job, stop: new AbortController() }
      replace(runs, id, run)
      if (stopping) run.stop.abort(SHUTTING_DOWN)
      const restarted = job.stalledCounter > (data.data.stallsSeen ?? 0)
      const end = await handle({ id, data: data.data as never, restarted }, run.stop.signal).finally(() => {
        if (runs.get(id) === run) runs.delete(id)
      })
      // Somebody else's job by now: nothing of it is touched.
      if (run.stop.signal.reason === LOCK_LOST) throw new DelayedError()
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
    for (const id of ids) runs.get(id)?.stop.abort(LOCK_LOST)
  })
  const silence = watchSilence(worker)
  worker.run().catch(onError)

  let closed: Promise<void> | undefined
  async function close(graceMs: number): Promise<void> {
    const grace = setTimeout(() => {
      stopping = true
      for (const run of runs.values()) run.stop.abort(SHUTTING_DOWN)
    }, graceMs)
    const cut = setInterval(() => endLost(worker, connection), graceMs + CUT_MS)
    try {
      await worker.close()
    } finally {
      clearTimeout(grace)
      clearInterval(cut)
    }
  }

  return {
    isAlive: () => worker.isRunning() && silence() < silenceMs,
    close: (graceMs) => {
      closed ??= close(graceMs)
      return closed
    },
  }
}

/**
 * A job whose lock lapsed may come back to the very process that still runs it: the old run ends. BullMQ keeps its notes by
 * the job's id, so without another one the end of the old run would end the renewal of the new run's lock.
 */
function replace(runs: Map<string, Run>, id: string, run: Run): void {
  const old = runs.get(id)
  if (old) {
    old.job.id = `${id}-lost`
    old.stop.abort(LOCK_LOST)
  }
  runs.set(id, run)
}

/**
 * With Redis away the orderly end waits for ever. A connection that is told to end between two attempts to connect forgets both
 * the attempt and the end; one more attempt settles all that waits for it. Running jobs are taken over when their locks have lapsed.
 */
function endLost(worker: Worker, connection: Redis): void {
  if (connection.status === 'ready') return
  // The promise of it would never settle where Redis went away before the worker had begun.
  const { blockingConnection } = worker.getBackend() as unknown as { blockingConnection?: { _client?: Redis } }
  for (const client of [connection, blockingConnection?._client]) {
    // One that looks for the server in charge ends by itself.
    if (client?.status === 'connecting') client.disconnect()
    if (client?.status !== 'reconnecting') continue
    client.disconnect()
    client.connect().catch(() => {})
  }
}

/**
 * After some outages a question to Redis never settles, while `isRunning()` and PING look well. Asking for a job takes a few
 * seconds at most, so asking that is under way for much longer tells that this worker gets no job any more.
 */
function watchSilence(worker: Worker): () => number {
  const inner = worker as unknown as { _getNextJob(token: string, options: object): Promise<unknown> }
  const ask = inner._getNextJob.bind(worker)
  let since: number | null = null
  inner._getNextJob = async (token, options) => {
    since = Date.now()
    try {
      return await ask(token, options)
    } finally {
      since = null
    }
  }
  return () => (since === null ? 0 : Date.now() - since)
}
