import type { KnownMetric } from './known-metrics.js'
import type { Selector } from './promql.js'

/** Labels by which Prometheus says where it found a process. */
export const OF_TARGETS = ['job', 'instance', 'app']

/** What no process shows, by which the selector would answer nothing for ever. */
export function faultsOfSelector(known: ReadonlyMap<string, KnownMetric>, { metric, matchers, groupedBy }: Selector): string[] {
  // Made by Prometheus itself.
  const found = metric === 'up' ? { labels: new Set<string>(), values: new Map<string, Set<string>>() } : known.get(metric)
  if (!found) return [`there is no metric ${metric}`]
  const labels = [...matchers.map(({ label }) => label), ...groupedBy]
  const strange = labels.filter((label) => !OF_TARGETS.includes(label) && !found.labels.has(label))
  const values = matchers.flatMap(({ label, operator, value }) => {
    const all = found.values.get(label)
    if (!all || !operator.startsWith('=')) return []
    return (operator === '=' ? [value] : value.split('|')).filter((one) => !all.has(one)).map((one) => `${label} is never ${one}`)
  })
  return [...strange.map((label) => `${metric} has no label ${label}`), ...values]
}
