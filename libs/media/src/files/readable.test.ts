import { execFile } from 'node:child_process'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { until } from '../test-support/processes.js'
import { useFolder } from '../test-support/use-folder.js'
import { createReadableGuard } from './readable.js'

const folder = useFolder()
const SILENT = { kind: 'retryable', code: 'mount_silent' }

test('a volume that does not answer is given up, asked once, and well again when it answers', async () => {
  const dead = join(folder.path, 'dead')
  await mkdir(dead)
  // To open a pipe that nobody writes to is as silent as a dead mount.
  const pipe = join(dead, '1.flac')
  await promisify(execFile)('mkfifo', [pipe])
  const guard = createReadableGuard(100)
  const both = await Promise.allSettled([guard(pipe), guard(join(dead, '2.flac'))])
  expect(both).toMatchObject([
    { status: 'rejected', reason: SILENT },
    { status: 'rejected', reason: SILENT },
  ])
  const began = performance.now()
  const later = Array.from({ length: 50 }, (_, index) => guard(join(dead, `${index}.flac`)))
  expect((await Promise.allSettled(later)).every(({ status }) => status === 'rejected')).toBe(true)
  expect(performance.now() - began).toBeLessThan(50 * 100)
  await guard(join(folder.path, 'elsewhere.flac'))

  await (await open(pipe, 'w')).close()
  await until(() =>
    guard(join(dead, '2.flac')).then(
      () => true,
      () => false,
    ),
  )
})

test('what is there, and what is not there, is no matter of the volume', async () => {
  const guard = createReadableGuard(10_000)
  const path = join(folder.path, 'here.flac')
  await writeFile(path, '')
  for (const file of [path, join(folder.path, 'gone.flac'), folder.path]) expect(await guard(file)).toBeUndefined()
})
