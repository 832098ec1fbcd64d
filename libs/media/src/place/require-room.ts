import { dirname } from 'node:path'
import { diskFull } from '../files/file-errors.js'
import { factsOrNull } from './file-helpers.js'
import type { FileSystem } from './file-system.js'
import type { PlacementRow } from './journal.js'

export const SPARE_BYTES = 1024 * 1024

/** Before the first byte is written: what comes from another volume must be copied, and must fit as a whole. */
export async function requireRoom(fs: FileSystem, rows: readonly PlacementRow[]): Promise<void> {
  const folders = new Set(rows.map(lastingFolder))
  const devices = new Map<string, string>()
  for (const folder of folders) devices.set(folder, (await fs.facts(await fs.realPath(folder))).device)
  const needed = new Map<string, { folder: string; bytes: number }>()
  for (const row of rows) {
    const folder = lastingFolder(row)
    const device = devices.get(folder) ?? ''
    const source = await factsOrNull(fs, row.source)
    // One that is gone is told of when it is its turn.
    if (!source || source.device === device) continue
    const { bytes } = needed.get(device) ?? { bytes: SPARE_BYTES }
    needed.set(device, { folder, bytes: bytes + row.size })
  }
  for (const { folder, bytes } of needed.values()) if ((await fs.freeBytes(folder)) < bytes) throw diskFull(folder)
}

/** The innermost folder that was there before the placement. */
function lastingFolder({ dest, createdDirs: [first] }: PlacementRow): string {
  return dirname(first ?? dest)
}
