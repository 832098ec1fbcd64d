import { QUEUES } from '@torrentino/bus'
import { OPEN_STATES, STAGES, STATES } from '@torrentino/domain'
import { showAllStates } from '@torrentino/pipeline'
import { createIndexerEvents } from '@torrentino/providers'
import { createMetrics, type Metrics, silentLogger } from '@torrentino/runtime'
import { createEvents } from '../../apps/gateway/src/events.js'
import { watchOutside } from '../../apps/gateway/src/status/watch-outside.js'
import { watchDisks } from '../../apps/place-worker/src/watch-disks.js'
import { createSweepEvents } from '../../apps/scheduler/src/sweep-events.js'
import { createWarmerEvents } from '../../apps/scheduler/src/warmer/events.js'
import { watchShared } from '../../apps/scheduler/src/watch-shared.js'
import { createWebhookEvents } from '../../apps/scheduler/src/webhooks/events.js'

export interface KnownMetric {
  labels: Set<string>
  /** By label, where all values are known. */
  values: Map<string, Set<string>>
}

/** Every number that the processes show, from the functions that make them. */
export async function knownMetrics(): Promise<Map<string, KnownMetric>> {
  const metrics = createMetrics('gateway')
  registerAll(metrics)
  const known = new Map<string, KnownMetric>()
  for (const { name, type, labels } of await familiesOf(metrics)) {
    const values = new Map(labels.flatMap((label) => (VALUES[label] ? [[label, new Set(VALUES[label](name))] as const] : [])))
    for (const [ending, more] of type === 'histogram' ? HISTOGRAM : [['', []] as const])
      known.set(name + ending, { labels: new Set([...labels, ...more, 'service']), values })
  }
  return known
}

const HISTOGRAM = [
  ['_bucket', ['le']],
  ['_sum', []],
  ['_count', []],
] as const

const VALUES: Record<string, (metric: string) => readonly string[]> = {
  queue: () => QUEUES,
  stage: () => STAGES,
  state: (metric) => {
    if (metric === 'torrentino_queue_jobs') return ['waiting', 'active', 'delayed']
    if (metric === 'torrentino_indexer_state') return ['ok', 'limited', 'failing', 'paused']
    return metric === 'torrentino_tickets_came_total' ? STATES : OPEN_STATES
  },
}

function registerAll(metrics: Metrics): void {
  createEvents(silentLogger, metrics)
  createIndexerEvents(silentLogger, metrics)
  createWarmerEvents(silentLogger, metrics)
  createWebhookEvents(silentLogger, metrics)
  createSweepEvents(metrics)
  showAllStates(metrics)
  metrics.watchWsClients(() => 0)
  metrics.watchRuns(() => 0)
  watchDisks(metrics, [])
  watchOutside(metrics, { indexers: async () => [], torrentClients: async () => [] })
  watchShared(metrics, {
    bus: { jobs: { depths: async () => [], ages: async () => [] }, numbers: () => Promise.reject(new Error('there is no Redis')) },
    store: { tickets: { standing: async () => [] } },
  })
}

interface Family {
  name: string
  type: string
  labels: readonly string[]
}

async function familiesOf({ registry }: Metrics): Promise<Family[]> {
  const types = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, String(type)]))
  // The names of the labels stand in no sample as long as nothing has been counted.
  return [...types].map(([name, type]) => {
    const { labelNames = [] } = registry.getSingleMetric(name) as unknown as { labelNames?: string[] }
    return { name, type, labels: labelNames }
  })
}
