import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createTestRedis, type TestRedis, waitFor } from '@torrentino/testkit'
import fc from 'fast-check'
import { useBus } from './test-support/test-bus.js'

const buses = useBus()
let server: TestRedis
const LONG = 600_000

async function leasesOf() {
  server ??= await createTestRedis()
  return (await buses.open(server.url)).leases
}

afterAll(() => server?.drop())

describe('places', () => {
  test('as many as there are, each taken once, renewed by its owner, free again when given back', async () => {
    const leases = await leasesOf()
    const take = (owner: string) => leases.take('downloads', owner, 2, LONG)
    expect([await take('a'), await take('b'), await take('c')]).toEqual([true, true, false])
    expect(await take('a')).toBe(true)
    await leases.release('downloads', 'a')
    await leases.release('downloads', 'a')
    expect([await take('c'), await take('a')]).toEqual([true, false])
  })

  test('names are apart', async () => {
    const leases = await leasesOf()
    expect(await leases.take('torrent:1', 'a', 1, LONG)).toBe(true)
    expect(await leases.take('torrent:2', 'b', 1, LONG)).toBe(true)
  })

  test('a thousand are renewed with one command, which tells those of others', async () => {
    const leases = await leasesOf()
    const names = Array.from({ length: 1000 }, () => randomUUID())
    const [first = '', second = ''] = names
    await leases.take(first, 'other', 1, LONG)
    await leases.take(second, 'me', 1, 1)
    const redis = buses.redis(server.url)
    const evals = async () => Number(/cmdstat_eval:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1])
    const before = await evals()
    expect(await leases.takeEach(names, 'me', LONG)).toEqual(names.map((name) => name !== first))
    expect((await evals()) - before).toBe(1)
    expect(await leases.take(second, 'third', 1, LONG)).toBe(false)
    expect(await leases.takeEach([], 'me', LONG)).toEqual([])
  })

  test('never more owners than places, whoever asks at once', async () => {
    const leases = await leasesOf()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), async (places, askers) => {
        const name = randomUUID()
        const got = await Promise.all(Array.from({ length: askers }, (_, asker) => leases.take(name, `owner ${asker}`, places, LONG)))
        expect(got.filter(Boolean)).toHaveLength(Math.min(places, askers))
      }),
      { numRuns: 30 },
    )
  })

  test('the place of an owner that died is free when its time is over; one that renews keeps it', async () => {
    const leases = await leasesOf()
    await leases.take('downloads', 'dead', 2, 300)
    await leases.take('downloads', 'alive', 2, 300)
    let beat: Promise<void> = Promise.resolve()
    await waitFor('the free place', async () => {
      await beat
      beat = leases.renew('downloads', 'alive', 300)
      return leases.take('downloads', 'heir', 2, LONG)
    })
    expect(await leases.take('downloads', 'other', 2, LONG)).toBe(false)
    await beat
  })

  test('after FLUSHALL the owners take theirs back by renewing, even when a newcomer was quicker', async () => {
    const leases = await leasesOf()
    await leases.take('downloads', 'a', 1, LONG)
    await server.flushAll()
    expect(await leases.take('downloads', 'newcomer', 1, LONG)).toBe(true)
    await leases.renew('downloads', 'a', LONG)
    expect(await leases.take('downloads', 'a', 1, LONG)).toBe(true)
    expect(await leases.take('downloads', 'third', 1, LONG)).toBe(false)
    await leases.release('downloads', 'newcomer')
    expect(await leases.take('downloads', 'third', 1, LONG)).toBe(false)
  })
})
