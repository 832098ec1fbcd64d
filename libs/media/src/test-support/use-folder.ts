import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'

/** A folder of the test file's own, gone when the file is through. */
export function useFolder(): { readonly path: string } {
  const folder = { path: '' }
  beforeAll(async () => {
    folder.path = await realpath(await mkdtemp(join(tmpdir(), 'media-test-')))
  })
  afterAll(() => rm(folder.path, { recursive: true, force: true }))
  return folder
}
