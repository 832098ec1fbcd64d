import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Random, seeded } from './random.js'

const drawn = (random: Random) => Array.from({ length: 20 }, () => random.below(1000))

describe('chance by a seed', () => {
  test('the same seed gives the same again, another one something else, and so do parts', () => {
    expect(drawn(seeded(5))).toEqual(drawn(seeded(5)))
    expect(drawn(seeded(5))).not.toEqual(drawn(seeded(6)))
    expect(drawn(seeded(5).part('a'))).toEqual(drawn(seeded(5).part('a')))
    expect(drawn(seeded(5).part('a'))).not.toEqual(drawn(seeded(5).part('b')))
    expect(drawn(seeded(5).part('a'))).not.toEqual(drawn(seeded(6).part('a')))
  })

  test('a part takes nothing from the whole', () => {
    const random = seeded(5)
    drawn(random.part('a'))
    expect(drawn(random)).toEqual(drawn(seeded(5)))
  })

  test('numbers stay within their bounds, whatever the seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 50 }), (seed, n) => {
        const random = seeded(seed)
        for (const value of Array.from({ length: 50 }, () => random.below(n))) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThan(n)
        }
      }),
    )
  })

  test('what has more weight is chosen more often, and what has none never', () => {
    const random = seeded(1)
    const list = [
      { name: 'seldom', weight: 1 },
      { name: 'never', weight: 0 },
      { name: 'often', weight: 9 },
    ]
    const counts = { seldom: 0, never: 0, often: 0 }
    for (let nr = 0; nr < 1000; nr += 1) counts[random.weighted(list).name as keyof typeof counts] += 1
    expect(counts.never).toBe(0)
    expect(counts.often).toBeGreaterThan(counts.seldom * 4)
  })
})
