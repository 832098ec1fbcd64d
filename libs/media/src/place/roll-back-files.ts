import { dirname } from 'node:path'
import { StageError } from '@torrentino/domain'
import { fileStageError } from '../files/file-errors.js'
import { ignoring } from './file-helpers.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import type { PlacementJournal, PlacementRow } from './journal.js'
import { noGuard, type RootGuard } from './root-guard.js'
import { uncommitFile } from './uncommit-file.js'

const NOT_THERE = ['ENOENT', 'ENOTDIR']
const STILL_USED = [...NOT_THERE, 'ENOTEMPTY', 'EEXIST', 'EBUSY']

/**
 * Makes the destination what it was before, from whatever the journal tells; may be repeated. One file that cannot be
 * rolled back does not keep the others from it; its error is thrown at the end.
 */
export async function rollbackAll(journal: PlacementJournal, fs: FileSystem = nodeFileSystem, guard: RootGuard = noGuard): Promise<void> {
  const rows = (await journal.load()).filter((row) => row.status !== 'rolled_back')
  // On an absent volume there is nothing to take back, and nothing would be: its files come back with it.
  const present = () => guard(rows.map((row) => row.dest))
  if (rows.some((row) => row.status === 'done'))
    throw new StageError('permanent', 'placement_final', 'The files are placed for good; there is no way back')

  await present()
  const errors: unknown[] = []
  const undone = await eachRow(rows, errors, async (row) => {
    if (row.status !== 'planned') await uncommitFile(fs, row)
  })
  // Only from here on may staged files be deleted: a missing one means "renamed" for rows that are not merely planned.
  await present()
  await saveAll(journal, undone, 'planned')
  const removed = await eachRow(undone, errors, async (row) => {
    await ignoring(NOT_THERE, fs.remove(row.stagedPath))
    await ignoring(NOT_THERE, fs.syncFolder(dirname(row.dest)))
  })
  for (const folder of createdFolders(removed)) await ignoring(STILL_USED, fs.removeFolder(folder))
  await present()
  await saveAll(journal, removed, 'rolled_back')
  if (errors.length > 0) throw errors[0]
}

async function eachRow(rows: PlacementRow[], errors: unknown[], work: (row: PlacementRow) => Promise<void>): Promise<PlacementRow[]> {
  const done: PlacementRow[] = []
  for (const row of rows) {
    try {
      await work(row)
      done.push(row)
    } catch (error) {
      errors.push(fileStageError(error, row.dest))
    }
  }
  return done
}

async function saveAll(journal: PlacementJournal, rows: PlacementRow[], status: PlacementRow['status']): Promise<void> {
  for (const row of rows) row.status = status
  if (rows.length > 0) await journal.save(rows)
}

/** Innermost first. */
function createdFolders(rows: PlacementRow[]): string[] {
  const folders = new Set(rows.flatMap((row) => row.createdDirs))
  return [...folders].sort((a, b) => b.length - a.length)
}
