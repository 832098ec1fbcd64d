import { randomUUID } from 'node:crypto'
import type { Bus, JobEnd, JobWorker } from '@torrentino/bus'
import { NewTicket, type Stage, type Ticket } from '@torrentino/domain'
import type { ActiveRuns, PipelineDeps } from '@torrentino/pipeline'
import { sharedRedisUrl, waitFor } from '../servers/index.js'
import { fakeStages, type Plan, type Way } from './fake-stages.js'
import { openTestStore, type TestStore } from './test-store.js'
import { type AlbumBody, albumBody } from './tickets.js'

export interface Delivery {
  queue: Stage
  id: string
  data: unknown
}

/** The pipeline on a real Postgres and Redis, whose jobs are delivered by hand: once, twice, late, or never. */
export interface TestPipeline {
  store: TestStore
  bus: Bus
  deps: PipelineDeps
  runs: ActiveRuns
  prefix: string
  /** What the stages do at their next runs; then, and where nothing is said, all goes well. */
  plan(plan: Plan | Way[]): void
  /** What conversions have made and nobody took, as it was taken away. */
  discarded: string[]
  /** Moves the clock of the pipeline on. */
  pass(ms: number): void
  post(body?: AlbumBody, requestedBy?: string): Promise<Ticket>
  ticket(id: string): Promise<Ticket>
  jobs(): Promise<Delivery[]>
  /** Runs the handler of a job as a worker would; `keep` leaves the job in its queue, to be delivered again. */
  deliver(job: Delivery, how?: { restarted?: boolean; signal?: AbortSignal; keep?: boolean }): Promise<JobEnd>
  /** Delivers all there is until nothing is left, or waits for a time that has not come. */
  deliverAll(): Promise<void>
  /** Real workers on every queue, instead of deliveries by hand. */
  startWorkers(): JobWorker[]
  /** What FLUSHALL does, for the keys of this pipeline: other tests on the same server notice nothing. */
  flush(): Promise<void>
  drop(): Promise<void>
}

const ROUNDS = 200

/** Loaded by those who open a pipeline alone: it takes longer than many a test. One after the other, since Jest mixes up what loads at once. */
async function parts() {
  const { Queue } = await import('bullmq')
  const { CATALOGUE, keyPrefix, openBus, QUEUES, workerConnection } = await import('@torrentino/bus')
  const { silentLogger } = await import('@torrentino/runtime')
  return { CATALOGUE, keyPrefix, openBus, Queue, QUEUES, silentLogger, workerConnection, pipeline: await import('@torrentino/pipeline') }
}

export async function openTestPipeline(options: { redisUrl?: string; retry?: Partial<PipelineDeps['retry']> } = {}): Promise<TestPipeline> {
  const { CATALOGUE, keyPrefix, openBus, pipeline, Queue, QUEUES, silentLogger, workerConnection } = await parts()
  const url = options.redisUrl ?? (await sharedRedisUrl())
  const prefix = `t${randomUUID().slice(0, 8)}`
  const store = await openTestStore()
  const bus = openBus({ url, prefix, onError: () => {} })
  await bus.ready()
  const keys = keyPrefix({ url, prefix })
  const redis = workerConnection({ url, prefix })
  redis.on('error', () => {})
  const queues = QUEUES.map((name) => new Queue(name, { connection: redis, prefix: keys }))
  for (const queue of queues) queue.on('error', () => {})

  const started: JobWorker[] = []
  let shift = 0
  let plan: Plan = () => 'ok'
  const deps: PipelineDeps = {
    store,
    bus,
    log: silentLogger,
    metrics: { stageRun: () => {}, ticketCame: () => {} },
    actor: 'test-worker',
    retry: { maxAttempts: 3, initialMs: 60_000, maxMs: 3_600_000, maxCrashes: 2, ...options.retry },
    now: () => new Date(Date.now() + shift),
  }
  const runs = pipeline.createActiveRuns(deps)
  const discarded: string[] = []
  const stages = fakeStages((run) => plan(run), discarded)
  const handlers = {
    search: pipeline.stageHandler(stages.search, deps, runs),
    match: pipeline.stageHandler(stages.match, deps, runs),
    download: pipeline.stageHandler(stages.download, deps, runs),
    place: pipeline.stageHandler(stages.place, deps, runs),
    convert: pipeline.itemHandler(stages.convert, deps, runs),
    cleanup: pipeline.cleanupHandler(async () => {}, deps),
  }

  async function ticketOf(id: string): Promise<Ticket> {
    const found = await store.tickets.find(id)
    if (!found) throw new Error(`there is no ticket ${id}`)
    return found
  }

  async function jobs(): Promise<Delivery[]> {
    const found = await Promise.all(queues.map((queue) => queue.getJobs(['waiting', 'prioritized', 'delayed', 'active'])))
    return found.flat().map((job) => ({ queue: job.queueName as Stage, id: job.id ?? '', data: job.data }))
  }

  async function deliver(job: Delivery, how: { restarted?: boolean; signal?: AbortSignal; keep?: boolean } = {}): Promise<JobEnd> {
    const data = CATALOGUE[job.queue].parse(job.data)
    const handler = handlers[job.queue] as (job: unknown, signal: AbortSignal) => Promise<JobEnd>
    const end = await handler({ id: job.id, data, restarted: how.restarted ?? false }, how.signal ?? new AbortController().signal)
    if (end.kind === 'done' && !how.keep) await queues.find((queue) => queue.name === job.queue)?.remove(job.id)
    return end
  }

  async function deliverAll(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      let ended = 0
      for (const job of await jobs()) {
        const end = await deliver(job)
        if (end.kind === 'done' || end.at <= deps.now()) ended += 1
      }
      if (ended === 0) return
    }
    throw new Error('the queues do not get empty')
  }

  return {
    store,
    bus,
    deps,
    runs,
    prefix,
    discarded,
    jobs,
    deliver,
    deliverAll,
    plan(next) {
      const ways = Array.isArray(next) ? [...next] : null
      plan = Array.isArray(next) ? () => ways?.shift() ?? 'ok' : next
    },
    pass(ms) {
      shift += ms
    },
    async post(body, requestedBy = 'ann') {
      const { id } = await pipeline.createTicket(deps, { ticket: NewTicket.parse(albumBody(body)), requestedBy, mediaRoots: ['/media'] })
      await waitFor('the job of the ticket', async () => (await jobs()).some((job) => job.id.startsWith(id)))
      return ticketOf(id)
    },
    ticket: ticketOf,
    startWorkers() {
      const common = { concurrency: 5, lockMs: 1000, stalledCheckMs: 500, onError: () => {}, onStalled: () => {} }
      const workers = QUEUES.map((queue) => bus.work({ ...common, queue, handle: handlers[queue] as never }))
      started.push(...workers)
      return workers
    },
    async flush() {
      const all = await redis.keys(`${keys}:*`)
      if (all.length > 0) await redis.del(all)
    },
    async drop() {
      runs.close()
      await Promise.all(started.map((worker) => worker.close(0)))
      await Promise.all(queues.map((queue) => queue.close()))
      redis.disconnect()
      await bus.close()
      await store.drop()
    },
  }
}
