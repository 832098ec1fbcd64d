import { constants } from 'node:fs'
import { type FileHandle, open, realpath, stat } from 'node:fs/promises'
import { DomainError, rootOf } from '@torrentino/domain'

export interface OpenedFile {
  handle: FileHandle
  size: number
  modified: Date
}

/**
 * Opens a regular file that lies, with all links resolved, under a media root. What was opened is compared with what lies
 * there, so that a link put in its way between two looks leads nowhere.
 */
export async function openUnderRoots(path: string, roots: readonly string[]): Promise<OpenedFile> {
  let handle: FileHandle | undefined
  try {
    // A pipe in the file's place must not keep the opening waiting.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const [opened, real] = await Promise.all([handle.stat(), realpath(path)])
    const there = await stat(real)
    const isSame = there.ino === opened.ino && there.dev === opened.dev
    if (!opened.isFile() || !isSame || rootOf(real, await realRoots(roots)) === undefined) throw gone()
    return { handle, size: opened.size, modified: opened.mtime }
  } catch (error) {
    await handle?.close()
    throw isAbsence(error) ? gone() : error
  }
}

async function realRoots(roots: readonly string[]): Promise<string[]> {
  const found = await Promise.all(roots.map((root) => realpath(root).catch(() => undefined)))
  return found.filter((root) => root !== undefined)
}

function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM', 'ENXIO', 'EISDIR'].includes(String((error as NodeJS.ErrnoException).code))
}

function gone(): DomainError {
  return new DomainError('not_found', 'the file was placed, but is not at its place any more')
}
