import { expect, test } from '@jest/globals'
import { developmentVideo } from '../cases/development-video.js'
import { heldOutVideo } from '../cases/held-out-video.js'
import { measure } from '../measure.js'
import { judgeVideoCases } from './judge-video-cases.js'

test.each([
  ['development', developmentVideo],
  ['held out', heldOutVideo],
])('films and series, %s: right where it is sure, and sure where it can be', async (_part, cases) => {
  const { precision, coverage, wrongMappings } = measure(await judgeVideoCases(cases))
  expect(precision).toBeGreaterThanOrEqual(0.98)
  expect(coverage).toBeGreaterThanOrEqual(0.75)
  expect(wrongMappings).toBeLessThanOrEqual(0.01)
})
