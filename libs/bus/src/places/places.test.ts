import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createTestRedis, type TestRedis, waitFor } from '@torrentino/testkit'
import fc from 'fast-check'
import { useBus } from '../test-support/test-bus.js'
import type { Places } from './places.js'

const buses = useBus()
let server: TestRedis
afterAll(() => server?.drop())

async function open(): Promise<Places> {
  server ??= await createTestRedis()
  return (await buses.open(server.url)).places
}

interface Who {
  id: string
  requester: string
  priority: number
}
const who = (id: string, requester = 'ann', priority = 2): Who => ({ id, requester, priority })

/** One set of places and its line. */
function front(places: Places, count: number, { ttlMs = 600_000, patienceMs = 600_000 } = {}) {
  const name = randomUUID()
  const asker = ({ id, requester, priority }: Who) => ({ owner: id, member: id, requester, priority })
  return {
    name,
    enter: (one: Who) => places.enter(name, asker(one), { places: count, ttlMs, patienceMs }),
    leave: (one: Who, unused = false) => places.call(name, count, { owner: { ...asker(one), unused } }),
    gone: (...ids: string[]) => places.call(name, count, { gone: ids }),
    standing: (one: Who) => places.standing(name, one.id),
  }
}

/** Serves all who stand in the line, one place at a time; answers in which order. */
async function serveAll(at: ReturnType<typeof front>, inside: Who, line: readonly Who[]): Promise<string[]> {
  const order: string[] = []
  let leaving = inside
  for (let [next] = await at.leave(leaving); next !== undefined; [next] = await at.leave(leaving)) {
    leaving = line.find(({ id }) => id === next) as Who
    expect(await at.enter(leaving)).toBe(0)
    order.push(next)
  }
  return order
}

describe('the line', () => {
  test('tells each his stand, which is kept; a place goes to the first, and to nobody else', async () => {
    const at = front(await open(), 1)
    const [a, b, c, d] = [who('a'), who('b'), who('c'), who('d')]
    expect([await at.enter(a), await at.enter(b), await at.enter(c), await at.enter(b)]).toEqual([0, 1, 2, 1])
    expect([await at.standing(a), await at.standing(b), await at.standing(c)]).toEqual([null, 1, 2])
    expect(await at.leave(a)).toEqual(['b'])
    expect([await at.enter(c), await at.enter(d)]).toEqual([2, 3])
    expect([await at.enter(b), await at.enter(b)]).toEqual([0, 0])
    expect([await at.standing(c), await at.standing(d)]).toEqual([1, 2])
  })

  test.each<[string, Who[], string[]]>([
    ['as they came', [who('1'), who('2'), who('3')], ['1', '2', '3']],
    ['by priority', [who('low', 'ann', 3), who('mid'), who('high', 'ann', 1)], ['high', 'mid', 'low']],
    ['each requester in turn', [who('a1'), who('a2'), who('a3'), who('b1', 'bob'), who('b2', 'bob')], ['b1', 'a1', 'b2', 'a2', 'a3']],
    ['priority before fairness', [who('a1', 'ann', 1), who('a2', 'ann', 1), who('b1', 'bob')], ['a1', 'a2', 'b1']],
  ])('goes %s', async (_name, line, order) => {
    const at = front(await open(), 1)
    const inside = who('inside')
    await at.enter(inside)
    for (const one of line) expect(await at.enter(one)).toBeGreaterThan(0)
    expect(await serveAll(at, inside, line)).toEqual(order)
  })

  test('who comes late gets neither less nor more than those who stood there long', async () => {
    const at = front(await open(), 1)
    const inside = who('inside', 'cat')
    await at.enter(inside)
    const first = Array.from({ length: 12 }, (_, index) => who(`a${index}`))
    for (const one of first) await at.enter(one)
    let leaving = inside
    for (const one of first.slice(0, 6)) {
      expect(await at.leave(leaving)).toEqual([one.id])
      await at.enter(one)
      leaving = one
    }
    const late = Array.from({ length: 12 }, (_, index) => who(`b${index}`, 'bob'))
    for (const one of late) await at.enter(one)
    const order = await serveAll(at, leaving, [...first, ...late])
    expect(order.slice(0, 10).filter((id) => id.startsWith('a'))).toHaveLength(5)
  })

  test('by property: nobody waits for more than one ticket of each other requester', async () => {
    const places = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('ann', 'bob', 'cat'), { minLength: 1, maxLength: 15 }), async (requesters) => {
        const at = front(places, 1)
        const inside = who('inside', 'dan')
        await at.enter(inside)
        const line = requesters.map((requester, index) => who(`${index}`, requester))
        for (const one of line) await at.enter(one)
        const order = await serveAll(at, inside, line)
        expect(order.toSorted()).toEqual(line.map(({ id }) => id).toSorted())
        // The n-th of anybody comes before the n+1st of everybody.
        const served = order.map((id) => requesters[Number(id)])
        const turns = served.map((requester, index) => served.slice(0, index).filter((other) => other === requester).length)
        expect(turns).toEqual(turns.toSorted((a, b) => a - b))
      }),
      { numRuns: 15 },
    )
  })

  test('is known to those who would give way: who was called is not waiting any more', async () => {
    const places = await open()
    const at = front(places, 1)
    const awaited = (priority = 4) => places.isAwaited(at.name, 1, priority)
    const [low, first, second] = [who('low', 'warm', 4), who('first', 'ann', 3), who('second')]
    await at.enter(low)
    await at.enter(who('lower', 'warm', 4))
    expect(await awaited()).toBe(false)
    await at.enter(first)
    expect([await awaited(), await awaited(3)]).toEqual([true, false])
    await at.leave(low)
    expect(await awaited()).toBe(false)
    await at.enter(second)
    expect(await awaited()).toBe(true)
  })

  test('a place that was of no use costs no turn', async () => {
    const at = front(await open(), 1)
    const [a, b] = [who('a'), who('b', 'bob')]
    for (let round = 0; round < 5; round += 1) {
      expect(await at.enter(a)).toBe(0)
      await at.leave(a, true)
    }
    const inside = who('inside', 'cat')
    await at.enter(inside)
    expect([await at.enter(a), await at.enter(b)]).toEqual([1, 2])
  })

  test('forgets who is gone, and who does not ask again', async () => {
    const at = front(await open(), 1, { patienceMs: 200 })
    const [inside, cancelled, asleep, next] = [who('inside'), who('cancelled'), who('asleep'), who('next')]
    for (const one of [inside, cancelled, asleep]) await at.enter(one)
    expect(await at.leave(inside)).toEqual(['cancelled'])
    expect(await at.gone('cancelled')).toEqual(['asleep'])
    await waitFor('the patience to end', async () => (await at.enter(next)) === 0)
    expect(await at.standing(asleep)).toBeNull()
  })

  test('leaves nothing behind when everybody has been served', async () => {
    const at = front(await open(), 2)
    const [a, b, c] = [who('a'), who('b'), who('c')]
    for (const one of [a, b, c]) await at.enter(one)
    for (const one of [a, c, b]) {
      await at.enter(one)
      await at.leave(one)
    }
    expect(await buses.redis(server.url).keys(`*${at.name}`)).toEqual([])
  })
})

test('a place ends with its owner, and never are more taken than there are', async () => {
  const at = front(await open(), 2, { ttlMs: 300, patienceMs: 200 })
  const line = ['a', 'b', 'c', 'd'].map((id) => who(id))
  const got = await Promise.all(line.map((one) => at.enter(one)))
  expect(got.filter((stand) => stand === 0)).toHaveLength(2)
  await waitFor('the end of the silent', async () => (await at.enter(who('heir'))) === 0)
})
