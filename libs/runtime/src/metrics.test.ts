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

  test('numbers are read together at each scrape, and dropped when nobody knows them', async () => {
    const metrics = createMetrics('test', { processMetrics: false })
    let reads = 0
    let rows: () => Promise<{ queue: string; jobs?: number; oldest?: number }[]> = async () => [{ queue: 'search', jobs: 3, oldest: 7 }]
    metrics.watch({
      gauges: { jobs: 'Jobs', oldest: 'Their age' },
      labels: ['queue'],
      read: () => {
        reads += 1
        return rows()
      },
    })
    metrics.watch({ gauges: { room: 'Room' }, labels: [], read: async () => (await rows()).map(({ jobs }) => ({ room: jobs })) })
    const shown = async () => (await metrics.registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(await shown()).toEqual(
      expect.arrayContaining(['torrentino_jobs{queue="search",service="test"} 3', 'torrentino_room{service="test"} 3']),
    )
    expect(reads).toBe(1)
    rows = async () => [{ queue: 'match', jobs: 1 }]
    const seen = (await shown()).filter((line) => /_(jobs|oldest)\{/.test(line))
    expect(seen).toEqual(['torrentino_jobs{queue="match",service="test"} 1'])
    rows = () => Promise.reject(new Error('redis is away'))
    expect((await shown()).filter((line) => /_(jobs|oldest|room)\b/.test(line))).toEqual([])
  })

  test('numbers that do not come hold up no scrape', async () => {
    const metrics = createMetrics('test', { processMetrics: false, readMs: 1 })
    metrics.watch({ gauges: { jobs: 'Jobs' }, labels: ['queue'], read: () => new Promise<never>(() => {}) })
    metrics.watchRuns(() => 2)
    expect(await sampleOf(metrics, 'torrentino_runs_under_way{')).toBe(2)
  })

  test('a state that no ticket came to yet is there with 0', async () => {
    const metrics = createMetrics('test', { processMetrics: false })
    metrics.ticketCame('failed', 0)
    expect(await sampleOf(metrics, 'torrentino_tickets_came_total{state="failed"')).toBe(0)
    metrics.ticketCame('failed')
    expect(await sampleOf(metrics, 'torrentino_tickets_came_total{state="failed"')).toBe(1)
  })

  test('two registries in one process do not meet', async () => {
    const [one, two] = [createMetrics('one', { processMetrics: false }), createMetrics('two', { processMetrics: false })]
    one.counter('things_total', 'Things', ['kind']).inc({ kind: 'a' })
    expect(await sampleOf(one, 'torrentino_things_total{kind="a"')).toBe(1)
    expect(await sampleOf(two, 'torrentino_things_total')).toBeUndefined()
    expect(() => one.counter('things_total', 'Things')).toThrow('already been registered')
  })
})
