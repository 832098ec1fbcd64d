import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { makePicture, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { prepareCover } from './prepare-cover.js'

const folder = useFolder()

test('a cover is prepared once for all that want it so, and anew when it is another', async () => {
  const path = await makePicture(join(folder.path, 'cover.jpg'), '200x100')
  const other = await makePicture(join(folder.path, 'other.jpg'), '90x80')
  const prepare = (maxSide?: number, programs = PROGRAMS) => prepareCover(path, join(folder.path, 'scratch'), { ...programs, maxSide })
  expect(await prepare(100)).toMatchObject({ width: 100, height: 50, mime: 'image/jpeg' })
  expect(await prepare()).toMatchObject({ width: 200, height: 100 })
  const none = { ffmpegPath: '/nonexistent', ffprobePath: '/nonexistent' }
  expect(await prepare(100, none)).toMatchObject({ width: 100 })
  await copyFile(other, path)
  expect(await prepare(100)).toMatchObject({ width: 90, height: 80 })
  await writeFile(path, 'no picture')
  expect(await prepare(100)).toBeNull()
})
