import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const PREFIX = 'torrentino_'
const STAGE_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200]
const CALL_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export interface QueueDepth {
  queue: string
  state: string
  count: number
}

/**
 * The numbers a process shows. Labels have few values; ids go to the log.
 * Each business number is one function, so that names and labels have one home.
 */
export interface Metrics {
  readonly registry: Registry
  /** One run of a stage ended: how, and how long it took. */
  stageRun(stage: string, outcome: string, seconds: number): void
  /** One call to the outside world ended. */
  externalCall(provider: string, outcome: string, seconds: number): void
  /** A job came back because its worker was lost. */
  jobStalled(queue: string): void
  /** Asked at each scrape; when it fails, the last numbers are dropped instead of shown as current. */
  watchQueues(depths: () => Promise<readonly QueueDepth[]>): void
  /** Asked at each scrape. */
  watchWsClients(count: () => number): void
  /** Asked at each scrape. */
  watchRuns(count: () => number): void
  counter<L extends string>(name: string, help: string, labels?: readonly L[]): Counter<L>
  gauge<L extends string>(name: string, help: string, labels?: readonly L[]): Gauge<L>
  histogram<L extends string>(name: string, help: string, buckets: readonly number[], labels?: readonly L[]): Histogram<L>
}

export interface MetricsOptions {
  /** Memory, CPU, garbage collection and event-loop delay of the process, under the names prom-client gives them. */
  processMetrics?: boolean
}

export function createMetrics(service: string, { processMetrics = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  if (processMetrics) collectDefaultMetrics({ register: registry })
  const make = makers(registry)
  const runs = make.histogram('stage_run_seconds', 'Duration of stage runs', STAGE_SECONDS, ['stage', 'outcome'])
  const outcomes = make.counter('stage_outcomes_total', 'Stage runs by outcome', ['stage', 'outcome'])
  const calls = make.histogram('external_call_seconds', 'Duration of calls to the outside world', CALL_SECONDS, ['provider', 'outcome'])
  const stalled = make.counter('jobs_stalled_total', 'Jobs taken over from a lost worker', ['queue'])
  return {
    registry,
    ...make,
    stageRun(stage, outcome, seconds) {
      runs.observe({ stage, outcome }, seconds)
      outcomes.inc({ stage, outcome })
    },
    externalCall: (provider, outcome, seconds) => calls.observe({ provider, outcome }, seconds),
    jobStalled: (queue) => stalled.inc({ queue }),
    watchQueues: (depths) => watchQueues(registry, depths),
    watchWsClients: (count) => watch(registry, 'ws_clients', 'Connected WebSocket clients', count),
    watchRuns: (count) => watch(registry, 'runs_under_way', 'Stage runs that this process is at work on', count),
  }
}

function makers(registry: Registry): Pick<Metrics, 'counter' | 'gauge' | 'histogram'> {
  const registers = [registry]
  return {
    counter: (name, help, labelNames = []) => new Counter({ name: PREFIX + name, help, labelNames, registers }),
    gauge: (name, help, labelNames = []) => new Gauge({ name: PREFIX + name, help, labelNames, registers }),
    histogram: (name, help, buckets, labelNames = []) =>
      new Histogram({ name: PREFIX + name, help, buckets: [...buckets], labelNames, registers }),
  }
}

function watchQueues(registry: Registry, depths: () => Promise<readonly QueueDepth[]>): void {
  new Gauge({
    name: `${PREFIX}queue_jobs`,
    help: 'Jobs by queue and state',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      const current = await depths().catch(() => [])
      this.reset()
      for (const { queue, state, count } of current) this.set({ queue, state }, count)
    },
  })
}

function watch(registry: Registry, name: string, help: string, count: () => number): void {
  new Gauge({
    name: PREFIX + name,
    help,
    registers: [registry],
    collect() {
      this.set(count())
    },
  })
}
