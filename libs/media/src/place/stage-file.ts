import { dirname } from 'node:path'
import { StageError } from '@torrentino/domain'
import { diskFull, errorCode } from '../files/file-errors.js'
import { factsOrNull, ignoring, removeIfThere } from './file-helpers.js'
import type { FileSystem } from './file-system.js'
import type { PlacementRow } from './journal.js'
import { verifyFile } from './verify-file.js'

const CANNOT_LINK = ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES']
const SPARE_BYTES = 1024 * 1024

/** The source, complete and on disk, under its temporary name beside the destination. The source stays. Safe to repeat. */
export async function stageFile(fs: FileSystem, row: PlacementRow, signal?: AbortSignal): Promise<void> {
  await checkSource(fs, row)
  await makeFolders(fs, row.createdDirs)
  await removeIfThere(fs, row.stagedPath)
  const linked = await tryLink(fs, row)
  if (!linked) await copyChecked(fs, row, signal)
  await fs.syncFile(row.stagedPath)
}

async function checkSource(fs: FileSystem, { source, size }: PlacementRow): Promise<void> {
  const found = await factsOrNull(fs, source)
  if (found?.kind !== 'file')
    throw new StageError('permanent', 'source_missing', `${source} is no file any more; it must be converted again`)
  if (found.size !== size)
    throw new StageError('permanent', 'source_changed', `${source} changed after it was made; it must be converted again`)
}

async function makeFolders(fs: FileSystem, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await ignoring(['EEXIST'], fs.makeFolder(folder))
    await fs.syncFolder(dirname(folder))
  }
}

/** A link takes neither time nor space; where it is not possible the file is copied. */
async function tryLink(fs: FileSystem, { source, stagedPath }: PlacementRow): Promise<boolean> {
  try {
    await fs.link(source, stagedPath)
    return true
  } catch (error) {
    if (CANNOT_LINK.includes(errorCode(error) ?? '')) return false
    throw error
  }
}

async function copyChecked(fs: FileSystem, row: PlacementRow, signal?: AbortSignal): Promise<void> {
  if ((await fs.freeBytes(dirname(row.stagedPath))) < row.size + SPARE_BYTES) throw diskFull(row.dest)
  await fs.copy(row.source, row.stagedPath, signal)
  await verifyFile(row.stagedPath, row, fs, signal)
}
