import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestRedis, type TestRedis, waitFor } from '@torrentino/testkit'
import { useBus } from './test-support/test-bus.js'

const buses = useBus()
let server: TestRedis
beforeAll(async () => {
  server = await createTestRedis()
})
afterAll(() => server?.drop())

describe('rates', () => {
  test('all processes together let in what is allowed, then say how long to wait', async () => {
    const one = await buses.open(server.url)
    const other = await buses.open(server.url, one.prefix)
    const waits = await Promise.all(Array.from({ length: 50 }, (_, nr) => (nr % 2 ? one : other).rates.take('ann', 10)))
    expect(waits.filter((ms) => ms === 0)).toHaveLength(10)
    for (const ms of waits.filter((ms) => ms > 0)) expect(ms).toBeLessThanOrEqual(6000)
    expect(await one.rates.take('ben', 10)).toBe(0)
  })

  test('places come back one by one', async () => {
    const { rates } = await buses.open(server.url)
    for (let nr = 0; nr < 1200; nr += 1) await rates.take('quick', 1200)
    await waitFor('a place', async () => (await rates.take('quick', 1200)) === 0)
  })

  test('nothing stays of who comes no more', async () => {
    const { rates, keys } = await buses.open(server.url)
    await rates.take('once', 60_000)
    await waitFor('its end', async () => (await buses.redis(server.url).exists(`${keys}:rate:once`)) === 0)
  })
})

describe('passes', () => {
  test('stand for their value once, at any process', async () => {
    const one = await buses.open(server.url)
    const other = await buses.open(server.url, one.prefix)
    const pass = await one.passes.issue('ann', 60_000)
    expect(await other.passes.redeem(pass)).toBe('ann')
    expect(await one.passes.redeem(pass)).toBeNull()
    expect(await one.passes.redeem('never issued')).toBeNull()
  })

  test('of many who come with the same one, one gets in', async () => {
    const { passes } = await buses.open(server.url)
    const pass = await passes.issue('ann', 60_000)
    const got = await Promise.all(Array.from({ length: 20 }, () => passes.redeem(pass)))
    expect(got.filter((value) => value !== null)).toEqual(['ann'])
  })

  test('end by themselves, and Redis does not know them', async () => {
    const { passes } = await buses.open(server.url)
    const redis = buses.redis(server.url)
    const pass = await passes.issue('ann', 60_000)
    expect((await redis.keys('*:pass:*')).join()).not.toContain(pass)
    const short = await passes.issue('ann', 1)
    await waitFor('its end', async () => (await passes.redeem(short)) === null)
  })
})
