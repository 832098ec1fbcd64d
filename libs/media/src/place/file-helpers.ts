import { errorCode, isMissing } from '../files/file-errors.js'
import type { FileFacts, FileSystem } from './file-system.js'

export async function factsOrNull(fs: FileSystem, path: string): Promise<FileFacts | null> {
  try {
    return await fs.facts(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Fine when it is gone already. */
export async function removeIfThere(fs: FileSystem, path: string): Promise<void> {
  await ignoring(['ENOENT'], fs.remove(path))
}

export async function ignoring(codes: readonly string[], work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!codes.includes(errorCode(error) ?? '')) throw error
  }
}
