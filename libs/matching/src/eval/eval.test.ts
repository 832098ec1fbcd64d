import { expect, test } from '@jest/globals'
import { development } from './cases/development.js'
import { heldOut } from './cases/held-out.js'
import { judgeCases, type Measures, measure } from './measure.js'
import { honestModel, lyingModel, pleasedModel } from './pretended-models.js'

/** With less, a share of 98 % is a matter of luck. */
const FEWEST = 200

test.each([
  ['development', development],
  ['held out', heldOut],
])('what is approved without asking is right, and most of what can be solved is approved: %s', async (_part, cases) => {
  const { precision, coverage, told, wrongMappings } = measure(await judgeCases(cases))
  expect(cases.length).toBeGreaterThanOrEqual(FEWEST)
  expect(told.share).toBeGreaterThanOrEqual(0.98)
  expect(precision).toBeGreaterThanOrEqual(0.98)
  expect(coverage).toBeGreaterThanOrEqual(0.75)
  expect(wrongMappings).toBeLessThan(0.01)
})

test('an honest model lets more be approved without asking; one that lies or likes everything gets nothing wrong approved', async () => {
  const cases = [...development, ...heldOut]
  const wrong = ({ approved, approvedRight }: Measures) => approved - approvedRight
  const rules = measure(await judgeCases(cases))

  const honest = measure(await judgeCases(cases, honestModel))
  expect(honest.coverage).toBeGreaterThan(rules.coverage)
  expect(wrong(honest)).toBeLessThanOrEqual(wrong(rules))

  const lying = measure(await judgeCases(cases, lyingModel))
  expect(wrong(lying)).toBeLessThanOrEqual(wrong(rules))
  expect(lying.firstPlace).toBeGreaterThan(rules.firstPlace - 0.02)

  const pleased = measure(await judgeCases(cases, pleasedModel))
  expect(wrong(pleased)).toBeLessThanOrEqual(wrong(rules))
})
