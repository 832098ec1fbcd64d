import { expect, test } from '@jest/globals'
import { development } from './cases/development.js'
import { heldOut } from './cases/held-out.js'
import { judgeCases, measure } from './measure.js'

test.each([
  ['development', development],
  ['held out', heldOut],
])('what is approved without asking is right, and most of what can be solved is approved: %s', async (_part, cases) => {
  const { precision, coverage, wrongMappings } = measure(await judgeCases(cases))
  expect(precision).toBeGreaterThanOrEqual(0.98)
  expect(coverage).toBeGreaterThanOrEqual(0.75)
  expect(wrongMappings).toBeLessThan(0.01)
})
