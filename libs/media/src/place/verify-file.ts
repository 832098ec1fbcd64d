import { StageError } from '@torrentino/domain'
import { factsOrNull } from './file-helpers.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'

export interface FileDigest {
  size: number
  sha256: string
}

/** Throws unless the path holds exactly these bytes. */
export async function verifyFile(path: string, expected: FileDigest, fs: FileSystem = nodeFileSystem, signal?: AbortSignal): Promise<void> {
  if (await holds(fs, path, expected, signal)) return
  throw new StageError('retryable', 'verification_failed', `${path} does not hold what was written to it; is the disk sound?`)
}

export async function holds(fs: FileSystem, path: string, { size, sha256 }: FileDigest, signal?: AbortSignal): Promise<boolean> {
  const found = await factsOrNull(fs, path)
  return found?.kind === 'file' && found.size === size && (await fs.hash(path, { signal })) === sha256
}
