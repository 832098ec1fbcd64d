import { type Bus, type Hint, type JobWorker, openBus, type WorkerOptions } from '@torrentino/bus'
import type { BusEvent, Stage as StageName } from '@torrentino/domain'
import { type ProcessContext, retryForever } from '@torrentino/runtime'
import type { Store } from '@torrentino/store'
import { type ActiveRuns, createActiveRuns } from './active-runs.js'
import type { PipelineDeps } from './deps.js'
import { quietly, retryRules, showAllStates, startedEvent, stoppedEvent } from './process-parts.js'
import { openProcessStore } from './process-store.js'
import { redisOf } from './redis-of.js'

/** What a process of the pipeline has in its hands once Postgres and Redis have answered. */
export interface Kit extends PipelineDeps {
  store: Store
  bus: Bus
  runs: ActiveRuns
  ctx: ProcessContext
}

export interface WorkPlan<Q extends StageName> {
  queue: Q
  concurrency: number
  /** How long running jobs may go on at a stop before they are handed back. */
  graceMs: number
  handle: WorkerOptions<Q>['handle']
}

/** Opens both servers, waits for them however long they are away, and closes them at the stop. */
export async function openKit(ctx: ProcessContext, onHint?: (hint: Hint) => void, onEvent?: (event: BusEvent) => void): Promise<Kit> {
  const { config, log, metrics } = ctx
  const store = openProcessStore(ctx)
  const bus = openBus({ ...redisOf(config), onError: quietly(log) })
  ctx.onStop('bus', () => bus.close())
  ctx.onReady('postgres', () => store.ping())
  ctx.onReady('redis', async () => {
    const { fault } = await bus.check()
    return fault === undefined ? { ok: true } : { ok: false, message: fault }
  })

  const wait = { signal: ctx.signal, onError: (error: unknown) => log.warn('waiting for a server', { error }) }
  await retryForever(() => store.ping(), wait)
  const { fault, warning } = await retryForever(() => bus.check(), wait)
  if (fault !== undefined) throw new Error(fault)
  if (warning !== undefined) log.warn('redis persistence', { warning })

  const runs = createActiveRuns({ store, log })
  metrics.watchRuns(runs.count)
  showAllStates(metrics)
  ctx.onStop('active runs', async () => runs.close())
  const kit: Kit = {
    store,
    bus,
    runs,
    ctx,
    log,
    metrics,
    tracer: ctx.tracer,
    actor: ctx.service,
    now: () => new Date(),
    retry: retryRules(config),
  }
  const onAnyEvent = (event: BusEvent) => {
    runs.onEvent(event)
    onEvent?.(event)
  }
  await bus.subscribe({ onEvent: onAnyEvent, onHint, onError: quietly(log) })
  await noteLife(kit)
  return kit
}

/** Takes jobs of a queue until the stop. */
export function work<Q extends StageName>(kit: Kit, { queue, concurrency, graceMs, handle }: WorkPlan<Q>): JobWorker {
  const { processing } = kit.ctx.config
  const worker = kit.bus.work({
    queue,
    concurrency,
    lockMs: processing.lock_secs * 1000,
    stalledCheckMs: processing.stalled_check_secs * 1000,
    handle,
    onError: quietly(kit.ctx.log),
    onStalled: (jobId) => {
      kit.log.warn('job taken over from a lost worker', { queue, job_id: jobId })
      kit.ctx.metrics.jobStalled(queue)
    },
  })
  kit.ctx.onReady(`${queue} queue`, async () => (worker.isAlive() ? { ok: true } : { ok: false, message: 'takes no jobs any more' }))
  kit.ctx.onStop(`${queue} worker`, () => worker.close(graceMs))
  return worker
}

async function noteLife({ store, ctx }: Kit): Promise<void> {
  const note = { ticketId: null, actor: ctx.service }
  await store.audit.append({ ...note, event: startedEvent(ctx.service, ctx.config) })
  ctx.onStop('farewell', () => store.audit.append({ ...note, event: stoppedEvent(ctx.service) }))
}
