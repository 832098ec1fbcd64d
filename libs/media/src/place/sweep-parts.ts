import type { Dirent } from 'node:fs'
import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const MAX_DEPTH = 8

/** Deletes the `.part` files that a crash left in a work folder. Backups are never touched. Tells how many went. */
export async function sweepParts(folder: string, olderThan: Date, depth = 0): Promise<number> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => [])
  let count = 0
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && depth < MAX_DEPTH) count += await sweepParts(path, olderThan, depth + 1)
    if (!entry.isFile() || !entry.name.endsWith('.part') || !(await isOlder(path, olderThan))) continue
    await rm(path, { force: true })
    count += 1
  }
  return count
}

/** A hard link has the time of its content but a change time of its own. */
async function isOlder(path: string, olderThan: Date): Promise<boolean> {
  const found = await lstat(path).catch(() => null)
  return found !== null && Math.max(found.mtimeMs, found.ctimeMs) < olderThan.getTime()
}
