import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestRedis, type TestRedis, waitFor } from '@torrentino/testkit'
import { useBus } from './test-support/test-bus.js'

const buses = useBus()
const HOUR = 3_600_000
const NOTHING = { tokens: 0, ms: 0 }
let server: TestRedis
beforeAll(async () => {
  server = await createTestRedis()
})
afterAll(() => server?.drop())

test('processes add to the same sums, also less than nothing', async () => {
  const one = await buses.open(server.url)
  const other = await buses.open(server.url, one.prefix)
  const adding = Array.from({ length: 100 }, (_, nr) => (nr % 2 ? one : other).tallies.add('t', { tokens: nr, ms: 1 }, NOTHING, HOUR))
  await Promise.all(adding)
  expect(await one.tallies.add('t', { tokens: -950, ms: 0 }, NOTHING, HOUR)).toEqual({ tokens: 4000, ms: 100 })
  expect(await other.tallies.add('another', { tokens: 3, ms: 4 }, NOTHING, HOUR)).toEqual({ tokens: 3, ms: 4 })
})

test('what is not there begins with what is known, and only that', async () => {
  const { tallies } = await buses.open(server.url)
  const known = { tokens: 1000, ms: 50 }
  expect(await tallies.add('t', { tokens: 10, ms: 5 }, known, HOUR)).toEqual({ tokens: 1010, ms: 55 })
  expect(await tallies.add('t', { tokens: 10, ms: 5 }, known, HOUR)).toEqual({ tokens: 1020, ms: 60 })
  await server.flushAll()
  expect(await tallies.add('t', NOTHING, known, HOUR)).toEqual(known)
})

test('sums are gone a while after the last word', async () => {
  const { tallies, keys } = await buses.open(server.url)
  const redis = buses.redis(server.url)
  await tallies.add('t', { tokens: 10 }, { tokens: 0 }, HOUR)
  expect(await redis.pttl(`${keys}:tally:t`)).toBeGreaterThan(HOUR / 2)
  await tallies.add('t', { tokens: 10 }, { tokens: 0 }, 20)
  await waitFor('their end', async () => (await redis.exists(`${keys}:tally:t`)) === 0)
})

test('with Redis away nothing is said to be counted', async () => {
  const own = await createTestRedis()
  const { tallies } = await buses.open(own.url)
  await own.stop()
  await expect(tallies.add('t', { tokens: 1 }, { tokens: 0 }, HOUR)).rejects.toThrow()
  await own.drop()
})
