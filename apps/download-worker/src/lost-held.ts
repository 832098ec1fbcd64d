import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { HeldFiles } from '@torrentino/domain'

/** The first torrent of which a file is not there any more as it was; null where all are. */
export async function lostHeld(held: readonly HeldFiles[]): Promise<string | null> {
  for (const { info_hash, folder, files } of held)
    for (const { torrent_file_path, size_bytes } of files) {
      const found = await stat(join(folder, torrent_file_path)).catch(() => null)
      if (found?.size !== size_bytes) return info_hash
    }
  return null
}
