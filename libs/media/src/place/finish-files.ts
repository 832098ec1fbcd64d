import { StageError } from '@torrentino/domain'
import { ignoring } from './file-helpers.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import type { PlacementJournal } from './journal.js'
import { noGuard, type RootGuard } from './root-guard.js'

/** Called when the caller's state says placed: from here on there is no way back, and the backups go. May be repeated. */
export async function finishAll(journal: PlacementJournal, fs: FileSystem = nodeFileSystem, guard: RootGuard = noGuard): Promise<void> {
  const rows = (await journal.load()).filter((row) => row.status !== 'rolled_back')
  if (rows.some((row) => row.status !== 'placed' && row.status !== 'done'))
    throw new StageError('permanent', 'placement_unfinished', 'Files that are not placed cannot be finished')
  const open = rows.filter((row) => row.status === 'placed')
  for (const row of open) row.status = 'done'
  if (open.length > 0) await journal.save(open)
  const backed = rows.filter((row) => row.hadBackup)
  await guard(backed.map((row) => row.dest))
  for (const row of backed) await ignoring(['ENOENT', 'ENOTDIR'], fs.remove(row.backupPath))
}
