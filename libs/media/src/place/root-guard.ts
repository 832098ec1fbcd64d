import { join } from 'node:path'
import { rootOf, StageError } from '@torrentino/domain'
import { errorCode, fileStageError } from '../files/file-errors.js'
import { factsOrNull, ignoring } from './file-helpers.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { withinLimit } from './within-limit.js'

/** Made in each root at its first use: where it is, all is well. */
export const ROOT_MARK = '.torrentino-root'

/** Throws unless the roots of these paths are there, and are what they were: an empty folder may be the place where a volume should be. */
export type RootGuard = (paths: readonly string[]) => Promise<void>

export const noGuard: RootGuard = async () => {}

export interface RootGuardOptions {
  roots: readonly string[]
  /** Some files that were placed below the root, the latest; none in a new one. Asked only of a root without its mark. */
  placedBefore(root: string): Promise<string[]>
  /** How long a root may take to answer. */
  limitMs: number
  fs?: FileSystem
}

export function createRootGuard({ roots, placedBefore, limitMs, fs = nodeFileSystem }: RootGuardOptions): RootGuard {
  const looks = new Map<string, Promise<void>>()

  async function look(root: string): Promise<void> {
    const mark = join(root, ROOT_MARK)
    if (await atRoot(root, factsOrNull(fs, mark))) return
    const earlier = await placedBefore(root)
    if (earlier.length > 0 && !(await isAnyThere(fs, root, earlier))) throw notMounted(root)
    // A root that we may write below but not into goes without.
    await atRoot(root, ignoring(['EEXIST', 'EACCES', 'EPERM'], fs.makeEmptyFile(mark)))
  }

  /** One look at a time: the process has few threads for files, and each look at a dead mount may keep one. */
  function shared(root: string): Promise<void> {
    const running = looks.get(root) ?? look(root).finally(() => looks.delete(root))
    looks.set(root, running)
    return withinLimit(running, limitMs, root)
  }

  return async (paths) => {
    const wanted = new Set(paths.map((path) => rootOf(path, roots)))
    for (const root of wanted) if (root !== undefined) await shared(root)
  }
}

async function isAnyThere(fs: FileSystem, root: string, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) if (await atRoot(root, factsOrNull(fs, path))) return true
  return false
}

async function atRoot<T>(root: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw rootError(error, root)
  }
}

function notMounted(root: string): StageError {
  const message = `Nothing is left in ${root} of what was placed there; is its volume mounted? If that is right, make an empty file ${ROOT_MARK} in it`
  return new StageError('retryable', 'root_not_mounted', message)
}

function rootError(error: unknown, root: string): unknown {
  const code = errorCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return rootMissing(root, error)
  const known = fileStageError(error, root)
  if (!(known instanceof StageError) || known.code !== 'file_error') return known
  return new StageError('retryable', 'root_unreachable', `The media root ${root} cannot be reached (${code})`, { cause: error })
}

export function rootMissing(root: string, cause?: unknown): StageError {
  return new StageError('retryable', 'root_missing', `The media root ${root} is not there; is its volume mounted?`, { cause })
}
