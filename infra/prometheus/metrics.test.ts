import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { ROOT, readText } from '../files.js'
import { knownMetrics } from '../test-support/known-metrics.js'
import { type Selector, selectorsOf } from '../test-support/promql.js'
import { faultsOfSelector, OF_TARGETS } from '../test-support/selector-faults.js'

const known = await knownMetrics()
const faultsOf = (selector: Selector) => faultsOfSelector(known, selector)

interface Rule {
  alert: string
  expr: string
  labels: { severity: string }
  annotations: { summary: string; description?: string }
}
const rules: Rule[] = parse(readText('infra/prometheus/alerts.yml')).groups.flatMap((group: { rules: Rule[] }) => group.rules)
const tests = readText('infra/prometheus/alerts.test.yml')

interface Panel {
  id: number
  title: string
  datasource: { uid: string }
  gridPos: { x: number; y: number; w: number; h: number }
  targets: { expr: string; legendFormat: string }[]
}
const dashboards = readdirSync(join(ROOT, 'infra/grafana/dashboards')).map((file) => ({
  file,
  ...(JSON.parse(readText('infra/grafana/dashboards', file)) as { uid: string; panels: Panel[] }),
}))
const queries: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...dashboards.flatMap(({ file, panels }) =>
    panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [`${file}: ${title}`, expr])),
  ),
]

test.each(queries)('%s asks for what the processes show', (_name, expression) => {
  const selectors = selectorsOf(expression)
  expect(selectors).not.toEqual([])
  expect(selectors.flatMap(faultsOf)).toEqual([])
})

test.each([
  ['sum(torrentino_queue_job)', 'there is no metric torrentino_queue_job'],
  ['sum by (queues) (torrentino_queue_jobs)', 'torrentino_queue_jobs has no label queues'],
  ['torrentino_queue_jobs{state="wait"}', 'state is never wait'],
  ['rate(torrentino_stage_run_seconds[5m])', 'there is no metric torrentino_stage_run_seconds'],
])('%s would be noticed: %s', (expression, fault) => expect(selectorsOf(expression).flatMap(faultsOf)).toEqual([fault]))

test('what is no PromQL is noticed', () => expect(() => selectorsOf('sum(up')).toThrow('no PromQL'))

describe('alerts', () => {
  test('have names of their own, a severity and a sentence, whose words come from labels that are there', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
    for (const { expr, labels, annotations } of rules) {
      expect(['critical', 'warning', 'info']).toContain(labels.severity)
      expect(annotations.summary).toMatch(/^[A-Z{]/)
      const selectors = selectorsOf(expr)
      const there = selectors.flatMap(({ metric, matchers, groupedBy }) => [
        ...(metric === 'up' ? OF_TARGETS : []),
        ...groupedBy,
        ...matchers.map(({ label }) => label),
      ])
      for (const [, label] of JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)) expect(there).toContain(label)
    }
  })

  test('are each tried with numbers that raise it', () => {
    for (const { alert } of rules) expect(tests).toContain(alert)
  })
})

test.each(dashboards)(
  '$file: the panels stand side by side, each with the provisioned source and names that its answer has',
  ({ uid, panels }) => {
    const { datasources } = parse(readText('infra/grafana/provisioning/datasources/prometheus.yml'))
    expect(uid).toMatch(/^torrentino-[a-z]+$/)
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24)
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`)
    })
    expect(new Set(cells).size).toBe(cells.length)
    for (const { expr, legendFormat } of panels.flatMap(({ targets }) => targets))
      for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
        expect([expr, [...OF_TARGETS, ...selectorsOf(expr).flatMap(({ groupedBy }) => groupedBy)]]).toEqual([
          expr,
          expect.arrayContaining([label]),
        ])
    for (const { datasource } of panels) expect(datasource.uid).toBe(datasources[0].uid)
  },
)
