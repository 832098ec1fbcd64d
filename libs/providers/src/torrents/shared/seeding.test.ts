import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Given } from '../torrent-client.js'
import { isGoalMet, nextStretch, type SeedGoal } from './seeding.js'

const ratio = fc.constantFrom(0, 0.5, 1, 2)
const secs = fc.constantFrom(0, 60, 3600)
const goal: fc.Arbitrary<SeedGoal> = fc.record({ ratio, secs })

/** What an engine does that ends at whichever limit comes first. */
function seed(before: Given, stretch: SeedGoal, ratioPerHour: number): Given {
  const limits = [stretch.secs > 0 ? stretch.secs : null, stretch.ratio > 0 ? ((stretch.ratio - before.ratio) / ratioPerHour) * 3600 : null]
  const took = Math.max(0, Math.min(...limits.filter((limit) => limit !== null)))
  const given = { ratio: before.ratio + (took / 3600) * ratioPerHour, secs: before.secs + took }
  // It ended there, whatever the rounding.
  return took === limits[1] ? { ...given, ratio: Math.max(given.ratio, stretch.ratio) } : given
}

test('stretch by stretch the goal and the demand are met, in a few of them, and not by more than either asks', () => {
  fc.assert(
    fc.property(goal, fc.record({ ratio, secs }), fc.constantFrom(0.01, 0.7, 30), (own, demand, ratioPerHour) => {
      fc.pre(own.ratio > 0 || own.secs > 0)
      let given: Given = { ratio: 0, secs: 0 }
      let stretches = 0
      while (!isGoalMet(own, demand, given)) {
        expect(++stretches).toBeLessThanOrEqual(3)
        given = seed(given, nextStretch(own, demand, given), ratioPerHour)
      }
      const ends = [own.ratio, demand.ratio].map((asked) => (asked / ratioPerHour) * 3600)
      expect(given.secs).toBeLessThanOrEqual(Math.max(...ends, own.secs, demand.secs) + 1)
    }),
  )
})

test('with no goal of our own it seeds until it is removed', () => {
  expect(nextStretch({ ratio: 0, secs: 0 }, { ratio: 1, secs: 0 }, { ratio: 2, secs: 9 })).toEqual({ ratio: 0, secs: 0 })
  expect(isGoalMet({ ratio: 0, secs: 0 }, { ratio: 1, secs: 0 }, { ratio: 2, secs: 9 })).toBe(false)
})
