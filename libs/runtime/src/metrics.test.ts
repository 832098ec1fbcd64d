import { describe, expect, test } from '@jest/globals'
import { createMetrics } from './metrics.js'

async function sampleOf(metrics: ReturnType<typeof createMetrics>, line: string): Promise<number | undefined> {
  const found = (await metrics.registry.metrics()).split('\n').find((text) => text.startsWith(line))
  return found === undefined ? undefined : Number(found.split(' ').at(-1))
}

describe('metrics', () => {
  test('the process and its event loop are watched', async () => {
    const text = await createMetrics('test').registry.metrics()
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds')
    expect(text).toContain('process_resident_memory_bytes')
  })

  test('each business number has one name and few labels', async () => {
    const metrics = createMetrics('test', { processMetrics: false })
    metrics.stageRun('search', 'retry', 0.2)
    metrics.stageRun('search', 'retry', 2)
    metrics.externalCall('jackett', 'timeout', 30)
    metrics.jobStalled('convert')
    metrics.watchWsClients(() => 7)
    metrics.watchRuns(() => 2)
    expect(await sampleOf(metrics, 'torrentino_stage_run_seconds_count{service="test",stage="search",outcome="retry"}')).toBe(2)
    expect(await sampleOf(metrics, 'torrentino_stage_outcomes_total{stage="search",outcome="retry"')).toBe(2)
    expect(await sampleOf(metrics, 'torrentino_external_call_seconds_sum{service="test",provider="jackett",outcome="timeout"}')).toBe(30)
    expect(await sampleOf(metrics, 'torrentino_jobs_stalled_total{queue="convert"')).toBe(1)
    expect(await sampleOf(metrics, 'torrentino_ws_clients{')).toBe(7)
    expect(await sampleOf(metrics, 'torrentino_runs_under_way{')).toBe(2)
  })

  test('queue depths are asked for at each scrape and dropped when nobody knows them', async () => {
    const metrics = createMetrics('test', { processMetrics: false })
    let depths = () => Promise.resolve([{ queue: 'search', state: 'wait', count: 3 }])
    metrics.watchQueues(() => depths())
    expect(await sampleOf(metrics, 'torrentino_queue_jobs{queue="search",state="wait"')).toBe(3)
    depths = () => Promise.reject(new Error('redis is away'))
    expect(await sampleOf(metrics, 'torrentino_queue_jobs{queue="search",state="wait"')).toBeUndefined()
  })

  test('two registries in one process do not meet', async () => {
    const [one, two] = [createMetrics('one', { processMetrics: false }), createMetrics('two', { processMetrics: false })]
    one.counter('things_total', 'Things', ['kind']).inc({ kind: 'a' })
    expect(await sampleOf(one, 'torrentino_things_total{kind="a"')).toBe(1)
    expect(await sampleOf(two, 'torrentino_things_total')).toBeUndefined()
    expect(() => one.counter('things_total', 'Things')).toThrow('already been registered')
  })
})
