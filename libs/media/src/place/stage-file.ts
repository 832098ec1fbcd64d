import { dirname, resolve } from 'node:path'
import { rootOf, StageError } from '@torrentino/domain'
import { diskFull, errorCode } from '../files/file-errors.js'
import { type FileAccess, giveAccess, hasAccess } from './file-access.js'
import { factsOrNull, ignoring, removeIfThere } from './file-helpers.js'
import type { FileFacts, FileSystem } from './file-system.js'
import type { PlacementRow } from './journal.js'
import { SPARE_BYTES } from './require-room.js'
import { verifyFile } from './verify-file.js'

const CANNOT_LINK = ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES']
const CANNOT_CLONE = [...CANNOT_LINK, 'EINVAL', 'ENOTTY', 'ETXTBSY', 'EBADF']

export interface StageOptions {
  access: FileAccess
  /** What lies below it was made for this placement alone. */
  workFolder?: string
  signal?: AbortSignal
}

/** The source, complete and on disk, under its temporary name beside the destination. The source stays. Safe to repeat. */
export async function stageFile(fs: FileSystem, row: PlacementRow, { access, workFolder, signal }: StageOptions): Promise<void> {
  const source = await checkSource(fs, row)
  await makeFolders(fs, row.createdDirs, access)
  await removeIfThere(fs, row.stagedPath)
  const isOurs = source.names === 1 && workFolder !== undefined && rootOf(resolve(row.source), [resolve(workFolder)]) !== undefined
  await (isOurs ? bringOurs(fs, row, signal) : bringTheirs(fs, row, { mayLink: hasAccess(source, access), signal }))
  await giveAccess(fs, row.stagedPath, access.fileMode, access)
  await fs.syncFile(row.stagedPath)
}

async function checkSource(fs: FileSystem, { source, size }: PlacementRow): Promise<FileFacts> {
  const found = await factsOrNull(fs, source)
  if (found?.kind !== 'file')
    throw new StageError('permanent', 'source_missing', `${source} is no file any more; it must be converted again`)
  if (found.size !== size)
    throw new StageError('permanent', 'source_changed', `${source} changed after it was made; it must be converted again`)
  return found
}

async function makeFolders(fs: FileSystem, folders: readonly string[], access: FileAccess): Promise<void> {
  for (const folder of folders) {
    await ignoring(['EEXIST'], fs.makeFolder(folder))
    await giveAccess(fs, folder, access.folderMode, access)
    await fs.syncFolder(dirname(folder))
  }
}

/** A link takes neither time nor space; where it is not possible the file is copied. */
async function bringOurs(fs: FileSystem, row: PlacementRow, signal: AbortSignal | undefined): Promise<void> {
  if (await succeeds(CANNOT_LINK, fs.link(row.source, row.stagedPath))) return
  await copyChecked(fs, row, signal)
}

/**
 * What others go on using, such as a file that still seeds, had better share its blocks but not be one file with ours: whoever
 * retags the placed one would spoil the other. Where only a link is to be had, it must not change the owner or mode of theirs.
 */
async function bringTheirs(
  fs: FileSystem,
  row: PlacementRow,
  { mayLink, signal }: { mayLink: boolean; signal?: AbortSignal },
): Promise<void> {
  if (await succeeds(CANNOT_CLONE, fs.clone(row.source, row.stagedPath))) return
  await removeIfThere(fs, row.stagedPath)
  if (mayLink && (await succeeds(CANNOT_LINK, fs.link(row.source, row.stagedPath)))) return
  await copyChecked(fs, row, signal)
}

async function succeeds(otherwise: readonly string[], work: Promise<void>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (otherwise.includes(errorCode(error) ?? '')) return false
    throw error
  }
}

async function copyChecked(fs: FileSystem, row: PlacementRow, signal: AbortSignal | undefined): Promise<void> {
  if ((await fs.freeBytes(dirname(row.stagedPath))) < row.size + SPARE_BYTES) throw diskFull(row.dest)
  await fs.copy(row.source, row.stagedPath, { signal })
  await verifyFile(row.stagedPath, row, fs, signal)
}
