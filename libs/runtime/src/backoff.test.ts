import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { backoffMs, retryForever } from './backoff.js'

describe('backoffMs', () => {
  test.each([
    [1, 60],
    [2, 120],
    [3, 240],
    [7, 3600],
    [1e9, 3600],
    [0, 60],
    [-5, 60],
  ])('after attempt %i: %i', (attempt, pause) => expect(backoffMs(attempt, { initialMs: 60, maxMs: 3600 })).toBe(pause))

  test('never falls, never passes the cap, and leaves to chance no more than it may', () => {
    const options = { initialMs: fc.nat(1e6), maxMs: fc.nat(1e9), jitter: fc.double({ min: 0, max: 1, noNaN: true }) }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.record(options), (attempt, { jitter, ...rest }) => {
        const whole = backoffMs(attempt, rest)
        expect(whole).toBeLessThanOrEqual(rest.maxMs)
        expect(backoffMs(attempt + 1, rest)).toBeGreaterThanOrEqual(whole)
        const some = backoffMs(attempt, { ...rest, jitter })
        expect(some).toBeLessThanOrEqual(whole)
        expect(some).toBeGreaterThanOrEqual(whole * (1 - jitter) - 1e-6)
      }),
    )
  })
})

describe('retryForever', () => {
  test('tries until it goes well and tells of each failure', async () => {
    const heard: number[] = []
    const result = await retryForever(
      async (attempt) => {
        if (attempt < 4) throw new Error('away')
        return attempt
      },
      { signal: new AbortController().signal, initialMs: 0, onError: (_, attempt) => heard.push(attempt) },
    )
    expect([result, heard]).toEqual([4, [1, 2, 3]])
  })

  test('ends with the signal, while it works and while it pauses', async () => {
    const paused = new AbortController()
    const reason = new Error('stopping')
    const pausing = retryForever(() => Promise.reject(new Error('away')), {
      signal: paused.signal,
      initialMs: 1e6,
      maxMs: 1e6,
      onError: () => paused.abort(reason),
    })
    await expect(pausing).rejects.toThrow()
    const working = new AbortController()
    const run = retryForever(
      () => {
        working.abort(reason)
        return Promise.reject(new Error('away'))
      },
      { signal: working.signal },
    )
    await expect(run).rejects.toBe(reason)
    await expect(retryForever(async () => 1, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})
