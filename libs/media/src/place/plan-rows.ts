import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fileStageError } from '../files/file-errors.js'
import { factsOrNull } from './file-helpers.js'
import type { FileSystem } from './file-system.js'
import { resolveInsideRoot } from './inside-root.js'
import type { PlacementItem, PlacementPlan, PlacementRow } from './journal.js'

/** Rows for a fresh start. All are planned before the first folder is made, so each knows which folders were not there. */
export async function planRows(fs: FileSystem, plan: PlacementPlan): Promise<PlacementRow[]> {
  const rows: PlacementRow[] = []
  for (const item of plan.items) {
    try {
      rows.push(await planRow(fs, item, plan))
    } catch (error) {
      throw fileStageError(error, item.dest)
    }
  }
  return rows
}

async function planRow(fs: FileSystem, item: PlacementItem, { token, roots }: PlacementPlan): Promise<PlacementRow> {
  const { itemId, source, dest, size, sha256 } = item
  await resolveInsideRoot(dest, roots, fs)
  const name = temporaryName(token, itemId)
  return {
    ...{ itemId, source, dest, size, sha256 },
    stagedPath: join(dirname(dest), `${name}.part`),
    backupPath: join(dirname(dest), `${name}.bak`),
    status: 'planned',
    createdDirs: await missingFolders(fs, dirname(dest)),
    hadBackup: false,
  }
}

/** Whether the journal tells of this very plan, so that its rows can be carried on. */
export function describesPlan(rows: readonly PlacementRow[], items: readonly PlacementItem[]): boolean {
  return rows.length === items.length && items.every((item) => rows.some((row) => sameItem(row, item)))
}

function sameItem(row: PlacementRow, item: PlacementItem): boolean {
  return (
    row.itemId === item.itemId &&
    row.source === item.source &&
    row.dest === item.dest &&
    row.sha256 === item.sha256 &&
    row.size === item.size
  )
}

/** The same in each attempt, short enough for any file system, and of no meaning to media players. */
function temporaryName(token: string, itemId: string): string {
  return `.qt-${createHash('sha256').update(`${token}\0${itemId}`).digest('hex').slice(0, 24)}`
}

async function missingFolders(fs: FileSystem, folder: string): Promise<string[]> {
  const missing: string[] = []
  for (let path = folder; !(await factsOrNull(fs, path)); path = dirname(path)) missing.unshift(path)
  return missing
}
