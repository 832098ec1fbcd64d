import { expect, test } from '@jest/globals'
import { developmentVideo } from '../cases/development-video.js'
import { heldOutVideo } from '../cases/held-out-video.js'
import { measure } from '../measure.js'
import { judgeVideoCases } from './judge-video-cases.js'

test('there are enough cases for a share of 98 % to mean something', () => {
  expect(developmentVideo.length + heldOutVideo.length).toBeGreaterThanOrEqual(200)
})

test.each([
  ['development', developmentVideo],
  ['held out', heldOutVideo],
])('films and series, %s: right where it is sure, and sure where it can be', async (_part, cases) => {
  const { precision, coverage, told, wrongMappings } = measure(await judgeVideoCases(cases))
  expect(told.share).toBeGreaterThanOrEqual(0.98)
  expect(precision).toBeGreaterThanOrEqual(0.98)
  expect(coverage).toBeGreaterThanOrEqual(0.75)
  expect(wrongMappings).toBeLessThanOrEqual(0.01)
})
