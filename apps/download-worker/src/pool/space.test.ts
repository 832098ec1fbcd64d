import { tmpdir } from 'node:os'
import { expect, test } from '@jest/globals'
import { createSpace, lackOf } from './space.js'

test.each([
  [0, 0, false],
  [0, -5, false],
  [1, 0, true],
  [1, -5, true],
  [10, 10, false],
  [11, 10, true],
])('%d bytes to come, %d available: is it lacking? %s', (bytes, available, expected) => {
  expect(lackOf(bytes, available) !== null).toBe(expected)
})

test('the disk is asked, and what is to stay free stays so', async () => {
  expect(await createSpace(tmpdir(), 0).take('a', 1)).toBeNull()
  expect(await createSpace(tmpdir(), 1e18).take('a', 2_500_000)).toBe(
    'The download needs 3 MB and there are 0 MB left for it; it goes on when there is space.',
  )
})

test('what other downloads were promised is not given twice; what came of it lies on the disk', async () => {
  const space = createSpace(tmpdir(), 0)
  expect(await space.take('a', 1)).toBeNull()
  space.note('a', 1e18)
  expect(await space.take('a', 1e3)).toBeNull()
  space.note('a', 1e18)
  expect(await space.take('b', 1)).not.toBeNull()
  space.note('b', 1e18)
  space.giveBack('a')
  expect(await space.take('c', 1)).toBeNull()
})
