import { connect } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createMetrics } from './metrics.js'
import { createReadiness, type Readiness } from './readiness.js'
import { type StatusServer, startStatusServer } from './status-server.js'

const servers: StatusServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function started(ready: () => Promise<Readiness> = createReadiness(), metrics = createMetrics('test', { processMetrics: false })) {
  const server = await startStatusServer({ host: '127.0.0.1', port: 0, registry: metrics.registry, ready })
  servers.push(server)
  return { server, metrics, ask: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init) }
}

describe('status server', () => {
  test('/healthz answers whatever the checks say', async () => {
    const { ask } = await started(() => Promise.reject(new Error('no')))
    const response = await ask('/healthz')
    expect([response.status, await response.json()]).toEqual([200, { ok: true }])
  })

  test('/readyz names the check that fails', async () => {
    const ready = createReadiness(50)
    ready.add('fine', async () => {})
    ready.add('database', () => Promise.reject<undefined>(new Error('postgres://app:hunter2@db refused')))
    ready.add('queue', async () => ({ ok: false, message: 'parked' }))
    ready.add('thrower', () => {
      throw new Error('at once')
    })
    ready.add('silent', () => new Promise<undefined>(() => {}))
    const { ask } = await started(ready)
    const response = await ask('/readyz?verbose')
    expect([response.status, await response.json()]).toEqual([
      503,
      {
        ok: false,
        checks: {
          fine: { ok: true },
          database: { ok: false, message: 'postgres://app:***@db refused' },
          queue: { ok: false, message: 'parked' },
          thrower: { ok: false, message: 'at once' },
          silent: { ok: false, message: 'no answer within 50 ms' },
        },
      },
    ])
  })

  test('/readyz is well again when the check is', async () => {
    let well = false
    const ready = createReadiness()
    ready.add('database', async () => ({ ok: well }))
    const { ask } = await started(ready)
    expect((await ask('/readyz')).status).toBe(503)
    well = true
    expect((await ask('/readyz')).status).toBe(200)
  })

  test('probes at the same time share one run; the slow check hears of its end', async () => {
    let runs = 0
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const ready = createReadiness()
    ready.add('slow', () => {
      runs++
      return gate
    })
    const first = ready()
    const second = ready()
    release()
    expect([await first, await second, runs]).toEqual([
      { ok: true, checks: { slow: { ok: true } } },
      { ok: true, checks: { slow: { ok: true } } },
      1,
    ])

    const ended = new Promise<boolean>((resolve) => {
      const cut = createReadiness(10)
      cut.add('hanging', (signal) => new Promise<undefined>(() => signal.addEventListener('abort', () => resolve(true))))
      void cut()
    })
    expect(await ended).toBe(true)
  })

  test('/metrics shows the registry', async () => {
    const { ask, metrics } = await started()
    metrics.stageRun('search', 'event', 0.2)
    const response = await ask('/metrics')
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toContain('torrentino_stage_outcomes_total{stage="search",outcome="event",service="test"} 1')
  })

  test.each([
    ['/', 'GET', 404],
    ['/metrics/../x', 'GET', 404],
    ['/healthz', 'POST', 405],
    ['/healthz', 'HEAD', 200],
  ])('%s by %s is answered with %i', async (path, method, status) => {
    const { ask } = await started()
    const response = await ask(path, { method })
    expect(response.status).toBe(status)
    if (method === 'HEAD') expect(await response.text()).toBe('')
  })

  test('a taken port is said plainly', async () => {
    const { server } = await started()
    const again = startStatusServer({
      host: '127.0.0.1',
      port: server.port,
      registry: createMetrics('b', { processMetrics: false }).registry,
      ready: createReadiness(),
    })
    await expect(again).rejects.toThrow(`METRICS_HOST 127.0.0.1, METRICS_PORT ${server.port}: the port is taken; choose another one, or 0`)
  })

  test('closes with connections open, twice', async () => {
    const { server } = await started()
    const socket = connect(server.port, '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    const cut = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    await server.close()
    await server.close()
    await cut
  })
})
