import { afterAll, describe, expect, test } from '@jest/globals'
import { createTestRedis, type TestRedis, waitFor } from '@torrentino/testkit'
import fc from 'fast-check'
import type { Ladders } from './ladders.js'
import { useBus } from './test-support/test-bus.js'

const buses = useBus()
let server: TestRedis
const HOUR = 3_600_000
const stepsMs = [0, HOUR, 5 * HOUR]

async function laddersOf(): Promise<Ladders> {
  server ??= await createTestRedis()
  return (await buses.open(server.url)).ladders
}

afterAll(() => server?.drop())

/** Two moments of Redis's clock are told apart from a millisecond on. */
async function nextLook(ladders: Ladders, name = 'i') {
  const { now } = await ladders.look(name)
  await waitFor('the next millisecond', async () => (await ladders.look(name)).now > now, 120_000, 1)
  return ladders.look(name)
}

const pauseOf = ({ now, pausedUntil }: { now: number; pausedUntil: number | null }) => (pausedUntil === null ? 0 : pausedUntil - now)

describe('a ladder of pauses', () => {
  test('nothing known is no pause', async () => {
    const ladders = await laddersOf()
    expect(await ladders.look('i')).toEqual({
      now: expect.any(Number),
      failures: 0,
      pausedUntil: null,
      lastSuccessAt: null,
      lastFailureAt: null,
      lastError: null,
      lastResponseMs: null,
    })
  })

  test('each failure is a step up to the last one, each success a step down', async () => {
    const ladders = await laddersOf()
    const up = async () => ladders.climb('i', { began: (await nextLook(ladders)).now, error: 'gone', stepsMs })
    const down = async () => ladders.stepDown('i', { began: (await nextLook(ladders)).now, responseMs: 12 })
    const pauses = [await up(), await up(), await up(), await up()].map(pauseOf)
    expect(pauses).toEqual([0, HOUR, 5 * HOUR, 5 * HOUR])
    expect(await ladders.look('i')).toMatchObject({ failures: 4, lastError: 'gone', lastFailureAt: expect.any(Number) })
    expect(await down()).toMatchObject({ failures: 3, pausedUntil: null, lastResponseMs: 12, lastSuccessAt: expect.any(Number) })
    expect(pauseOf(await up())).toBe(5 * HOUR)
    for (let turn = 0; turn < 6; turn += 1) await down()
    expect((await ladders.look('i')).failures).toBe(0)
    expect(await ladders.look('other')).toMatchObject({ failures: 0, lastError: null })
  })

  test('attempts that were under way together count once, whichever way they end', async () => {
    const ladders = await laddersOf()
    const { now: began } = await nextLook(ladders)
    await nextLook(ladders)
    await ladders.climb('i', { began, error: 'one', stepsMs: [HOUR] })
    await Promise.all(['two', 'three'].map((error) => ladders.climb('i', { began, error, stepsMs: [HOUR] })))
    expect(await ladders.stepDown('i', { began })).toMatchObject({ failures: 1, pausedUntil: expect.any(Number) })
  })

  test('what the other side asks for is the least, and does not shorten what stands', async () => {
    const ladders = await laddersOf()
    const { now: began } = await nextLook(ladders)
    expect(pauseOf(await ladders.climb('i', { began, error: 'busy', atLeastMs: 7 * HOUR, stepsMs }))).toBe(7 * HOUR)
    const later = await ladders.climb('i', { began, error: 'busy', atLeastMs: HOUR, stepsMs })
    expect(pauseOf(later)).toBeGreaterThan(6 * HOUR)
    expect(later.failures).toBe(1)
  })

  test('who was seen to begins anew', async () => {
    const ladders = await laddersOf()
    await ladders.climb('i', { began: (await nextLook(ladders)).now, error: 'gone', atLeastMs: HOUR, stepsMs })
    await ladders.clear('i')
    expect(await ladders.look('i')).toMatchObject({ failures: 0, pausedUntil: null, lastError: 'gone' })
  })

  test('by property: the steps are never less than none nor more than the failures', async () => {
    const ladders = await laddersOf()
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.array(fc.boolean(), { maxLength: 12 }), async (name, ends) => {
        let expected = 0
        for (const well of ends) {
          const { now: began } = await nextLook(ladders, name)
          const after = well ? ladders.stepDown(name, { began }) : ladders.climb(name, { began, error: 'x', stepsMs: [0] })
          expected = Math.max(0, expected + (well ? -1 : 1))
          expect((await after).failures).toBe(expected)
        }
      }),
      { numRuns: 10 },
    )
  })
})

test('what is remembered comes back as it was, until its time is over', async () => {
  server ??= await createTestRedis()
  const { memory } = await buses.open(server.url)
  const value = Buffer.from([0, 255, 10, 13])
  await memory.put('a', value, HOUR)
  await memory.put('b', value, 1)
  expect(await memory.get('a')).toEqual(value)
  await waitFor('the end', async () => (await memory.get('b')) === null)
  expect(await memory.get('c')).toBeNull()
})
