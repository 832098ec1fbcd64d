import { dirname } from 'node:path'
import { StageError } from '@torrentino/domain'
import { factsOrNull, ignoring } from './file-helpers.js'
import type { FileSystem } from './file-system.js'
import type { PlacementRow } from './journal.js'
import { holds } from './verify-file.js'

/**
 * commitFile backwards, step by step: our file gets its staged name back, then what stood there before gets its own.
 * Nothing is deleted here, so it can stop anywhere and be done again.
 */
export async function uncommitFile(fs: FileSystem, row: PlacementRow): Promise<void> {
  const staged = await factsOrNull(fs, row.stagedPath)
  const backup = row.hadBackup ? await factsOrNull(fs, row.backupPath) : null
  // The backup is made before our rename: without it, what stands there was there before.
  const renamed = !staged && (backup !== null || !row.hadBackup)
  if (renamed && (await isOurs(fs, row))) await fs.rename(row.dest, row.stagedPath)
  if (backup) await restore(fs, row)
  await ignoring(['ENOENT'], fs.syncFolder(dirname(row.dest)))
}

async function restore(fs: FileSystem, { dest, backupPath }: PlacementRow): Promise<void> {
  if (await factsOrNull(fs, dest))
    throw new StageError(
      'permanent',
      'backup_kept',
      `${dest} was written by somebody else; the file that was there before is kept as ${backupPath}`,
    )
  await fs.rename(backupPath, dest)
}

/** A file that somebody put in the place of ours is theirs. */
async function isOurs(fs: FileSystem, row: PlacementRow): Promise<boolean> {
  const found = await factsOrNull(fs, row.dest)
  if (!found) return false
  const source = await factsOrNull(fs, row.source)
  return found.identity === source?.identity || holds(fs, row.dest, row)
}
