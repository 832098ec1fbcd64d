import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { within } from './within.js'

const PREFIX = 'torrentino_'
const STAGE_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200]
const CALL_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Beyond that a scrape goes on without the numbers; a scraper waits for some seconds only. */
const READ_MS = 2000

/** Numbers that are read together: each is a gauge of its name, all with the same labels. */
export interface Readings<L extends string, N extends string> {
  /** By the names of the gauges, what they tell. */
  gauges: Readonly<Record<N, string>>
  labels: readonly L[]
  /** A row has a value for each label, and for those of the numbers that it knows. */
  read(): Promise<readonly (Record<NoInfer<L>, string> & Partial<Record<NoInfer<N>, number>>)[]>
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
  /** A ticket came into a state; none: the state is shown with 0, so that the first one is seen as a rise. */
  ticketCame(state: string, tickets?: number): void
  /** Read at each scrape; when that fails or takes long, the last numbers are dropped instead of shown as current. */
  watch<L extends string, N extends string>(readings: Readings<L, N>): void
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
  readMs?: number
}

export function createMetrics(service: string, { processMetrics = true, readMs = READ_MS }: MetricsOptions = {}): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  if (processMetrics) collectDefaultMetrics({ register: registry })
  const make = makers(registry)
  const runs = make.histogram('stage_run_seconds', 'Duration of stage runs', STAGE_SECONDS, ['stage', 'outcome'])
  const outcomes = make.counter('stage_outcomes_total', 'Stage runs by outcome', ['stage', 'outcome'])
  const calls = make.histogram('external_call_seconds', 'Duration of calls to the outside world', CALL_SECONDS, ['provider', 'outcome'])
  const came = make.counter('tickets_came_total', 'Steps of tickets that this process wrote, by the state they led to', ['state'])
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
    ticketCame: (state, tickets = 1) => came.inc({ state }, tickets),
    watch: (readings) => watch(registry, readings, readMs),
    watchWsClients: (count) => watchCount(registry, 'ws_clients', 'Connected WebSocket clients', count),
    watchRuns: (count) => watchCount(registry, 'runs_under_way', 'Stage runs that this process is at work on', count),
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

function watch<L extends string, N extends string>(registry: Registry, { gauges, labels, read }: Readings<L, N>, readMs: number): void {
  // All gauges are asked in the same moment.
  let reading: ReturnType<typeof read> | undefined
  const rows = () => {
    reading ??= within(readMs, read())
      .catch(() => [])
      .finally(() => {
        reading = undefined
      })
    return reading
  }
  for (const name of Object.keys(gauges) as N[]) {
    new Gauge({
      name: PREFIX + name,
      help: gauges[name],
      labelNames: labels,
      registers: [registry],
      async collect() {
        const current = await rows()
        this.reset()
        // A gauge without labels would show 0.
        this.remove({})
        for (const row of current) {
          const value = row[name] as number | undefined
          if (value !== undefined) this.set(labelsOf(labels, row), value)
        }
      },
    })
  }
}

function labelsOf<L extends string>(labels: readonly L[], row: Record<L, string>): Partial<Record<L, string>> {
  const found: Partial<Record<L, string>> = {}
  for (const label of labels) found[label] = row[label]
  return found
}

function watchCount(registry: Registry, name: string, help: string, count: () => number): void {
  new Gauge({
    name: PREFIX + name,
    help,
    registers: [registry],
    collect() {
      this.set(count())
    },
  })
}
