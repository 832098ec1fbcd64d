import { afterEach, describe, expect, test } from '@jest/globals'
import { spawnGuarded, waitFor } from '@torrentino/testkit'
import { Supervised, type SupervisorOptions, type UnitEvent } from './supervisor.js'

const QUICK = { initialPauseMs: 1, maxPauseMs: 8 }
let supervised: Supervised | undefined
let events: UnitEvent[] = []

afterEach(async () => {
  await supervised?.stop()
  supervised = undefined
  events = []
})

function supervise(script: string, options: Partial<SupervisorOptions> = QUICK): Supervised {
  const unit = { name: 'it', start: async () => spawnGuarded(['/bin/sh', '-c', script]) }
  supervised = new Supervised(unit, { onEvent: (event) => events.push(event), ...options })
  return supervised
}

function pauses(): number[] {
  return events.flatMap((event) => (event.kind === 'ended' || event.kind === 'not started' ? [event.pauseMs] : []))
}

describe('a supervised process', () => {
  test('is started again with growing pauses', async () => {
    const it = supervise('exit 1')
    await it.start()
    await waitFor('six crashes', () => pauses().length >= 6)
    expect(pauses().slice(0, 6)).toEqual([1, 2, 4, 8, 8, 8])
    expect(it.restarts).toBeGreaterThanOrEqual(5)
  })

  test('gets the short pause again after a steady life', async () => {
    const it = supervise('exit 1', { ...QUICK, steadyMs: 0 })
    await it.start()
    await waitFor('four crashes', () => pauses().length >= 4)
    expect(pauses().slice(0, 4)).toEqual([1, 1, 1, 1])
  })

  test('that refuses its configuration is left alone', async () => {
    const it = supervise('exit 78')
    await it.start()
    await waitFor('the refusal', () => events.some(({ kind }) => kind === 'refused'))
    await it.stop()
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'refused'])
  })

  test('that was killed runs again under another id', async () => {
    const it = supervise('exec sleep 600')
    await it.start()
    const first = it.pid
    it.signal('SIGKILL')
    await waitFor('another process', () => it.pid !== undefined && it.pid !== first)
    expect(events).toContainEqual({ kind: 'ended', name: 'it', exit: { code: null, signal: 'SIGKILL' }, pauseMs: 1 })
  })

  test('is restarted on demand without a pause', async () => {
    const it = supervise('exec sleep 600')
    await it.start()
    await it.restart()
    await waitFor('another process', () => events.filter(({ kind }) => kind === 'started').length === 2)
    expect(pauses()).toEqual([])
  })

  test('stays stopped, however often it is told', async () => {
    const it = supervise('exec sleep 600')
    await it.start()
    await Promise.all([it.stop(), it.stop()])
    await it.stop()
    expect(it.pid).toBeUndefined()
    expect(events.map(({ kind }) => kind)).toEqual(['started'])
  })

  test('that is told to stop while it starts is stopped', async () => {
    const it = supervise('exec sleep 600')
    const started = it.start()
    await it.stop()
    await started
    expect(it.pid).toBeUndefined()
  })

  test('that is told to stop during its pause does not come back', async () => {
    const it = supervise('exit 1', { initialPauseMs: 600_000 })
    await it.start()
    await waitFor('the crash', () => pauses().length === 1)
    await it.stop()
    expect(it.pid).toBeUndefined()
  })
})

test('a unit that cannot be started again is tried until it can', async () => {
  let attempt = 0
  const start = async () => {
    attempt += 1
    if (attempt === 2 || attempt === 3) throw new Error('no room')
    return spawnGuarded(['/bin/sh', '-c', attempt === 1 ? 'exit 1' : 'exec sleep 600'])
  }
  supervised = new Supervised({ name: 'it', start }, { onEvent: (event) => events.push(event), ...QUICK })
  await supervised.start()
  await waitFor('the fourth attempt', () => supervised?.pid !== undefined && attempt === 4)
  expect(events.map(({ kind }) => kind)).toEqual(['started', 'ended', 'not started', 'not started', 'started'])
})

test('a first start that fails is told to whoever asked for it', async () => {
  const start = () => Promise.reject(new Error('no room'))
  supervised = new Supervised({ name: 'it', start }, { onEvent: (event) => events.push(event) })
  await expect(supervised.start()).rejects.toThrow('no room')
})
