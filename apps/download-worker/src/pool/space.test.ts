import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { bytesToCome, createSpace, lackOf } from './space.js'

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
  space.giveBack('a')
  expect(await space.take('c', 1)).toBeNull()
})

test('who was promised some of the same torrent is not deprived when another one is done with it', async () => {
  const space = createSpace(tmpdir(), 0)
  await space.take('a', 1)
  await space.take('a', 1)
  space.note('a', 1e18)
  space.giveBack('a')
  expect(await space.take('b', 1)).not.toBeNull()
  space.giveBack('a')
  expect(await space.take('b', 1)).toBeNull()
})

test('what is allocated takes no more, also where the engine has not looked at it yet; holes do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'torrentino-space-'))
  await writeFile(join(folder, 'whole'), Buffer.alloc(100_000, 1))
  await writeFile(join(folder, 'part'), Buffer.alloc(40_960, 1))
  await truncate(join(folder, 'part'), 100_000)
  const file = (path: string, progress_pct: number) => ({ index: 0, path, size_bytes: 100_000, progress_pct, wanted: true })
  const toCome = (path: string, progress = 0) => bytesToCome(folder, [file(path, progress)])
  expect(await toCome('whole')).toBe(0)
  expect(await toCome('part')).toBeGreaterThan(0)
  expect(await toCome('part')).toBeLessThan(100_000)
  expect(await toCome('none')).toBe(100_000)
  expect(await toCome('none', 75)).toBe(25_000)
  await rm(folder, { recursive: true })
})
