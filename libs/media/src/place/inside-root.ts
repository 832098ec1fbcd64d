import { dirname, join, relative, resolve } from 'node:path'
import { rootOf, StageError } from '@torrentino/domain'
import { fileStageError, isMissing } from '../files/file-errors.js'
import { factsOrNull } from './file-helpers.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { rootMissing } from './root-guard.js'

/**
 * The destination with the links of its folders resolved, which must still lie under a root. The last part is replaced by
 * a rename and never followed.
 */
export async function resolveInsideRoot(dest: string, roots: readonly string[], fs: FileSystem = nodeFileSystem): Promise<string> {
  const realRoots = await Promise.all(roots.map((root) => realPathOrNull(fs, root)))
  const lostRoots = roots.filter((_root, index) => realRoots[index] === null)
  const lost = rootOf(dest, lostRoots)
  if (lost !== undefined) throw rootMissing(lost)
  // The system resolves `link/..` through the link, so only a path without such parts means what it says.
  const real = resolve(dest) === dest ? await realDestination(fs, dest) : null
  const presentRoots = realRoots.filter((root) => root !== null)
  if (real !== null && rootOf(real, presentRoots)) return real
  throw new StageError('permanent', 'path_outside_roots', `${dest} leads to a place outside of the media roots`)
}

/** Null when a link on the way leads nowhere: nobody knows where it will lead once that exists. */
async function realDestination(fs: FileSystem, path: string): Promise<string | null> {
  let folder = dirname(path)
  for (;;) {
    const real = await realPathOrNull(fs, folder)
    if (real !== null) return join(real, relative(folder, path))
    const found = await factsOrNull(fs, folder)
    if (found === null) folder = dirname(folder)
    // A folder was made by somebody else just now: it is looked at again.
    else if (found.kind !== 'folder') return null
  }
}

async function realPathOrNull(fs: FileSystem, path: string): Promise<string | null> {
  try {
    return await fs.realPath(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw fileStageError(error, path)
  }
}
