import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createCoverCache } from './cover-cache.js'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cover-cache-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const picture = (size: number) => Buffer.alloc(size, 7)

test('what one process keeps another finds, and the oldest make room', async () => {
  const folder = join(root, 'shared')
  const [one, other] = [createCoverCache(folder, 1000), createCoverCache(folder, 1000)]
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    await one.put(name, picture(400))
    const then = new Date(Date.now() - 60_000 + index * 1000)
    if (name !== 'c') await utimes(join(folder, name), then, then)
  }
  expect((await readdir(folder)).sort()).toEqual(['b', 'c'])
  expect(await other.get('b')).toEqual(picture(400))
  expect(await other.get('a')).toBeNull()
})

test('what is larger than all its room is not kept, and what is old is not believed', async () => {
  const folder = join(root, 'bounds')
  const cache = createCoverCache(folder, 1000)
  await cache.put('large', picture(1001))
  await cache.put('old', picture(10))
  const longAgo = new Date(Date.now() - 31 * 86_400_000)
  await utimes(join(folder, 'old'), longAgo, longAgo)
  expect([await cache.get('large'), await cache.get('old')]).toEqual([null, null])
})

test('a folder that cannot be made is no failure', async () => {
  const file = join(root, 'file')
  await writeFile(file, '')
  const cache = createCoverCache(join(file, 'below'), 1000)
  await cache.put('a', picture(1))
  expect(await cache.get('a')).toBeNull()
})
