import { realpath, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { rootOf, StageError } from '@torrentino/domain'
import { isMissing } from '../files/file-errors.js'

/** Deletes a folder or file of ours with all that is in it. Refuses anything that does not lie inside the work folder. */
export async function removeTree(path: string, workRoot: string): Promise<void> {
  try {
    const root = await realpath(workRoot)
    const real = join(await realpath(dirname(resolve(path))), basename(resolve(path)))
    if (!rootOf(real, [root]))
      throw new StageError('permanent', 'path_outside_roots', `${path} is outside of ${workRoot} and is not deleted`)
    await rm(real, { recursive: true, force: true })
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}
