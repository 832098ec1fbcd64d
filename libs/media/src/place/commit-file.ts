import { dirname } from 'node:path'
import { StageError } from '@torrentino/domain'
import { factsOrNull } from './file-helpers.js'
import type { FileSystem } from './file-system.js'
import type { PlacementRow } from './journal.js'

/**
 * The staged file takes the destination's name; what had it before is kept under the backup's. While the staged name
 * exists the rename has not happened: that alone tells a repeated call where it was, even if both files are alike.
 */
export async function commitFile(fs: FileSystem, row: PlacementRow, save: (row: PlacementRow) => Promise<void>): Promise<void> {
  if (await factsOrNull(fs, row.stagedPath)) {
    await keepExisting(fs, row, save)
    await fs.rename(row.stagedPath, row.dest)
  } else if (!(await factsOrNull(fs, row.dest))) {
    throw new StageError('retryable', 'staged_missing', `The file for ${row.dest} vanished while it was being placed`)
  }
  await fs.syncFolder(dirname(row.dest))
}

/** The journal learns first whether there is something to bring back. */
async function keepExisting(fs: FileSystem, row: PlacementRow, save: (row: PlacementRow) => Promise<void>): Promise<void> {
  const existing = await factsOrNull(fs, row.dest)
  const backup = await factsOrNull(fs, row.backupPath)
  if (existing?.kind === 'folder') throw new StageError('permanent', 'destination_is_folder', `${row.dest} is a folder; move it away`)
  if (existing && backup)
    throw new StageError('retryable', 'destination_changed', `${row.dest} was written by somebody else while it was being replaced`)
  const hadBackup = existing !== null || backup !== null
  if (row.hadBackup !== hadBackup) {
    row.hadBackup = hadBackup
    await save(row)
  }
  if (existing) await fs.rename(row.dest, row.backupPath)
}
