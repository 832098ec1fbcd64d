import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createTestRedis, type TestRedis, waitFor } from '@torrentino/testkit'
import fc from 'fast-check'
import { useBus } from '../test-support/test-bus.js'
import type { Later, Limits, Place } from './limits.js'

const buses = useBus()
const { signal } = new AbortController()
const LONG = 600_000
let server: TestRedis
let away: TestRedis | undefined

async function limitsOf(prefix?: string): Promise<Limits> {
  server ??= await createTestRedis()
  return (await buses.open(server.url, prefix)).limits
}

afterAll(() => Promise.all([server?.drop(), away?.drop()]))

/** The most that were seen in any span of the length. */
function mostIn(spanMs: number, moments: number[]): number {
  const sorted = moments.toSorted((a, b) => a - b)
  return Math.max(...sorted.map((from, index) => sorted.slice(index).filter((moment) => moment < from + spanMs).length))
}

const isPlace = (got: Place | Later): got is Place => 'end' in got
const take = (limits: Limits, places: number, asker?: string, leaseMs = LONG) =>
  limits.take('i', { places, asker, leaseMs, windowMs: LONG })

describe('places of a window', () => {
  test('as many as there are, counted until one window after the end', async () => {
    const limits = await limitsOf()
    const got = [await take(limits, 2), await take(limits, 2), await take(limits, 2)]
    expect(got.map(isPlace)).toEqual([true, true, false])
    expect(await limits.used('i', LONG)).toBe(2)
    for (const place of got) if (isPlace(place)) await Promise.all([place.end(), place.end()])
    expect(await limits.used('i', LONG)).toBe(2)
    const { waitMs } = (await take(limits, 2)) as Later
    expect(waitMs).toBeGreaterThan(LONG / 2)
    expect(waitMs).toBeLessThanOrEqual(LONG)
  })

  test('names are apart, and what is not limited is counted', async () => {
    const limits = await limitsOf()
    for (let turn = 0; turn < 30; turn += 1) expect(isPlace(await limits.take('free', { places: undefined, leaseMs: LONG }))).toBe(true)
    expect([await limits.used('free'), await limits.used('other')]).toEqual([30, 0])
  })

  test('by property: never more in any window than places, whoever asks, and everybody gets his turn', async () => {
    const prefix = `p${randomUUID().slice(0, 8)}`
    const two = [await limitsOf(prefix), await limitsOf(prefix)]
    const scene = fc.record({
      places: fc.integer({ min: 1, max: 4 }),
      windowMs: fc.integer({ min: 20, max: 60 }),
      askers: fc.array(fc.record({ late: fc.nat(30), way: fc.nat(10), work: fc.nat(20) }), { minLength: 1, maxLength: 12 }),
    })
    await fc.assert(
      fc.asyncProperty(scene, async ({ places, windowMs, askers }) => {
        const name = randomUUID()
        const arrived: number[] = []
        const ask = async ({ late, way, work }: { late: number; way: number; work: number }, index: number) => {
          await delay(late)
          const limits = two[index % 2] as Limits
          const place = await limits.waitFor(name, {
            places,
            windowMs,
            leaseMs: LONG,
            maxWaitMs: LONG,
            signal: new AbortController().signal,
          })
          await delay(way)
          arrived.push(performance.now())
          await delay(work)
          if (isPlace(place)) await place.end()
        }
        await Promise.all(askers.map(ask))
        expect(arrived).toHaveLength(askers.length)
        // Redis counts whole milliseconds.
        expect(mostIn(windowMs - 2, arrived)).toBeLessThanOrEqual(places)
      }),
      { numRuns: 6 },
    )
  })
})

describe('the line', () => {
  test('is served as it came, also for one that comes back later', async () => {
    const limits = await limitsOf()
    const window = { places: 1, windowMs: 150, leaseMs: LONG }
    const first = (await limits.take('i', window)) as Place
    const waits = [await limits.take('i', { ...window, asker: 'a' }), await limits.take('i', { ...window, asker: 'b' })].map(
      (got) => (got as Later).waitMs,
    )
    expect(waits[1]).toBeGreaterThan(waits[0] as number)
    await first.end()
    await waitFor('the place of a', async () => isPlace(await limits.take('i', { ...window, asker: 'a', leaseMs: 1 })))
    expect(isPlace(await limits.take('i', { ...window, asker: 'c' }))).toBe(false)
    await waitFor('the end of its window', async () => (await limits.used('i', 150)) === 0)
    expect(isPlace(await limits.take('i', { ...window, asker: 'c' }))).toBe(false)
    expect(isPlace(await limits.take('i', { ...window, asker: 'b' }))).toBe(true)
  })

  test('one that may not wait so long is told at once; one that is stopped leaves the line', async () => {
    const limits = await limitsOf()
    const options = { places: 1, windowMs: LONG, leaseMs: LONG }
    await limits.take('i', options)
    for (const asker of ['hasty', undefined, undefined])
      expect(isPlace(await limits.waitFor('i', { ...options, asker, maxWaitMs: 10, signal }))).toBe(false)
    expect(isPlace(await limits.take('i', options))).toBe(false)
    const stop = new AbortController()
    const waiting = limits.waitFor('i', { ...options, asker: 'stopped', maxWaitMs: 5 * LONG, signal: stop.signal })
    const due = async (asker: string) => ((await limits.take('i', { ...options, asker })) as Later).waitMs
    await waitFor('the line', async () => (await due('probe')) > 2.5 * LONG)
    stop.abort(new Error('stop it'))
    await expect(waiting).rejects.toThrow('stop it')
    expect(await due('probe')).toBeLessThan(2.5 * LONG)
  })
})

describe('when something dies', () => {
  test('the place of a process that died counts from the end of its lease', async () => {
    const limits = await limitsOf()
    const options = { places: 1, windowMs: 50, leaseMs: 50 }
    await limits.take('i', options)
    await waitFor('the place', async () => isPlace(await limits.take('i', { ...options, asker: 'heir' })))
  })

  test('what Redis forgot is not asked for again: a full window is waited', async () => {
    const prefix = `p${randomUUID().slice(0, 8)}`
    const [one, two, late] = [await limitsOf(prefix), await limitsOf(prefix), await limitsOf(prefix)]
    for (const limits of [one, two]) await ((await take(limits, 2)) as Place).end()
    await server.flushAll()
    expect(isPlace(await take(late, 2))).toBe(true)
    expect(isPlace(await take(one, 2))).toBe(false)
    expect(isPlace(await take(two, 2))).toBe(false)
    await server.flushAll()
    expect(isPlace(await take(two, 2))).toBe(false)
    expect(isPlace(await take(late, 2))).toBe(false)
  })

  test('with Redis away nobody gets in, and nobody hangs', async () => {
    away = await createTestRedis()
    const { limits } = await buses.open(away.url)
    const place = (await take(limits, 5)) as Place
    await away.stop()
    await expect(take(limits, 5)).rejects.toThrow()
    await place.end()
    await away.start()
    await waitFor('Redis', async () => isPlace(await take(limits, 5).catch((): Later => ({ waitMs: 1 }))))
  })
})
