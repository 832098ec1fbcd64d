import { basename, dirname, join } from 'node:path'
import { StageError } from '@torrentino/domain'
import { factsOrNull } from './file-helpers.js'
import type { FileSystem } from './file-system.js'
import type { PlacementRow } from './journal.js'

/**
 * Where names that differ only by case are one file, two of ours would replace each other, and one that was there would come back
 * from a rollback under another name. Called when all are staged and none is placed.
 */
export async function refuseCaseClashes(fs: FileSystem, rows: readonly PlacementRow[]): Promise<void> {
  const seen = new Map<string, PlacementRow>()
  for (const row of rows) {
    if (!(await foldsCase(fs, row))) continue
    const other = seen.get(folded(row.dest))
    if (other) throw clash(`${row.dest} and ${other.dest} are the same file on this file system`)
    seen.set(folded(row.dest), row)
    const there = await otherSpelling(fs, row.dest)
    if (there !== undefined) throw clash(`${row.dest} is there as ${there}, which is the same file on this file system; rename one of them`)
  }
}

/** A file system tells only when it is asked: by the staged file's name in capitals. */
async function foldsCase(fs: FileSystem, { stagedPath }: PlacementRow): Promise<boolean> {
  const staged = await factsOrNull(fs, stagedPath)
  const capitals = await factsOrNull(fs, join(dirname(stagedPath), basename(stagedPath).toUpperCase()))
  return staged !== null && staged.identity === capitals?.identity
}

async function otherSpelling(fs: FileSystem, dest: string): Promise<string | undefined> {
  if (!(await factsOrNull(fs, dest))) return undefined
  const [name, names] = [basename(dest), await fs.namesIn(dirname(dest))]
  // Some keep accents in a form of their own, which is no other spelling.
  if (names.some((there) => there.normalize() === name.normalize())) return undefined
  return names.find((there) => folded(there) === folded(name))
}

function folded(path: string): string {
  return path.normalize().toUpperCase().toLowerCase()
}

function clash(message: string): StageError {
  return new StageError('permanent', 'destination_clash', message)
}
