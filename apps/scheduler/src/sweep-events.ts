import type { Metrics } from '@torrentino/runtime'

/** What the sweeps find, one function each. */
export interface SweepEvents {
  rescued(turns: number): void
  leftToTell(rows: number): void
}

export function createSweepEvents(metrics: Pick<Metrics, 'counter' | 'gauge'>): SweepEvents {
  const turns = metrics.counter('turns_looked_at_total', 'Turns that the rescue handed out again, most of them with a live job')
  const rows = metrics.gauge('outbox_rows', 'Messages that wait to be told to Redis')
  return { rescued: (count) => turns.inc(count), leftToTell: (count) => rows.set(count) }
}
