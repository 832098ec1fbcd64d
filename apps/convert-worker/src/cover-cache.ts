import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageCache } from '@torrentino/providers'

const MAX_AGE_MS = 30 * 86_400_000

/** Pictures from outside, for all tickets and replicas that share the folder; the oldest go first. It may fail at any time: then they are asked for again. */
export function createCoverCache(folder: string, maxBytes: number): ImageCache {
  return {
    async get(key) {
      const path = join(folder, key)
      const found = await stat(path).catch(() => null)
      if (!found || found.mtimeMs < Date.now() - MAX_AGE_MS) return null
      return readFile(path).catch(() => null)
    },
    async put(key, bytes) {
      if (bytes.length > maxBytes) return
      const part = join(folder, `${key}.${randomUUID()}.part`)
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(part, bytes)
        await rename(part, join(folder, key))
        await trim(folder, maxBytes)
      } catch {
        await rm(part, { force: true }).catch(() => {})
      }
    },
  }
}

/** Pieces of processes that died grow old like the rest. */
async function trim(folder: string, maxBytes: number): Promise<void> {
  const names = await readdir(folder)
  const files = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => null)
      return { name, size: found?.size ?? 0, mtimeMs: found?.mtimeMs ?? 0 }
    }),
  )
  let bytes = files.reduce((sum, { size }) => sum + size, 0)
  for (const { name, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (bytes <= maxBytes) return
    await rm(join(folder, name), { force: true })
    bytes -= size
  }
}
