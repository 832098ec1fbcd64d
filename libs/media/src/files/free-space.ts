import { statfs } from 'node:fs/promises'
import { diskFull } from './file-errors.js'

/** Refuses early what would fill the disk half-way. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes) throw diskFull(folder)
}
