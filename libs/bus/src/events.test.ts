import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { BusEvent } from '@torrentino/domain'
import { createTestRedis, type TestRedis, waitFor } from '@torrentino/testkit'
import type { Hint } from './events.js'
import { type TestBus, useBus } from './test-support/test-bus.js'

const buses = useBus()
let server: TestRedis
afterAll(() => server?.drop())

async function openBus() {
  server ??= await createTestRedis()
  return buses.open(server.url)
}

async function listen(bus: TestBus) {
  const events: BusEvent[] = []
  const hints: Hint[] = []
  let ready = 0
  const subscription = await bus.subscribe({
    onEvent: (event) => events.push(event),
    onHint: (hint) => hints.push(hint),
    onReady: () => {
      ready += 1
    },
    onError: (error) => bus.errors.push(error),
  })
  await waitFor('the subscription', () => ready > 0)
  return { events, hints, subscription, timesReady: () => ready }
}

function progress(pct: number): BusEvent {
  return { kind: 'progress', ticket_id: randomUUID(), requested_by: 'anonymous', stage: 'download', progress_pct: pct }
}

function step(seq: number): BusEvent {
  const id = randomUUID()
  return {
    kind: 'step',
    seq,
    ticket_id: id,
    requested_by: 'anonymous',
    version: 1,
    cause: 'create',
    from: null,
    to: 'pending',
    reason: null,
    at: '2026-01-01T00:00:00.000Z',
    details: {},
  }
}

describe('events', () => {
  test('reach every subscriber in order, hints apart from them', async () => {
    const bus = await openBus()
    const [one, two] = [await listen(bus), await listen(bus)]
    const told = [step(1), progress(10), step(2)]
    await bus.publish.events(told)
    await bus.publish.hint({ kind: 'review_torrent', infoHash: 'abc' })
    await waitFor('all', () => one.hints.length === 1 && two.hints.length === 1)
    expect(one.events).toEqual(told)
    expect(two.events).toEqual(told)
    expect(one.hints).toEqual([{ kind: 'review_torrent', infoHash: 'abc' }])
  })

  test.each([
    ['no JSON', '{'],
    ['another kind', '{"kind":"news"}'],
    ['a field of another type', JSON.stringify({ ...step(1), seq: 'one' })],
    ['nothing', ''],
    ['null', 'null'],
  ])('%s is passed over, the next one is heard', async (_what, text) => {
    const bus = await openBus()
    const { events, hints } = await listen(bus)
    const redis = buses.redis(server.url)
    await redis.publish(`${bus.keys}:events`, text)
    await redis.publish(`${bus.keys}:hints`, text)
    await bus.publish.events([step(7)])
    await waitFor('the good one', () => events.length === 1)
    expect(events[0]).toMatchObject({ seq: 7 })
    expect(hints).toEqual([])
  })

  test('other systems on the same Redis are not heard', async () => {
    const [mine, other] = [await openBus(), await openBus()]
    const { events } = await listen(mine)
    await other.publish.events([step(1)])
    await mine.publish.events([step(2)])
    await waitFor('mine', () => events.length > 0)
    expect(events).toMatchObject([{ seq: 2 }])
  })

  test('after a restart of Redis the subscription stands again, and says so', async () => {
    const bus = await openBus()
    const { events, timesReady } = await listen(bus)
    const before = timesReady()
    await server.restart()
    await waitFor('word of it', () => timesReady() > before)
    await waitFor('an event', async () => {
      await bus.publish.events([step(3)]).catch(() => {})
      return events.length > 0
    })
  })

  test('nothing is heard any more after the close, which may come twice', async () => {
    const bus = await openBus()
    const [open, closed] = [await listen(bus), await listen(bus)]
    await closed.subscription.close()
    await closed.subscription.close()
    await bus.publish.events([step(1)])
    await waitFor('the open one', () => open.events.length === 1)
    expect(closed.events).toEqual([])
  })
})

describe('the mark of an emptied Redis', () => {
  test('stands from mark() to FLUSHALL, which also keeps the event streams short', async () => {
    const bus = await openBus()
    expect(await bus.isMarked()).toBe(false)
    await bus.mark()
    expect(await bus.isMarked()).toBe(true)
    await server.flushAll()
    expect(await bus.isMarked()).toBe(false)
    await bus.mark()
    expect(await buses.redis(server.url).hget(`${bus.keys}:search:meta`, 'opts.maxLenEvents')).toBe('100')
  })
})
