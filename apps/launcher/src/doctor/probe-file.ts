import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const PREFIX = '.torrentino-doctor-'
/** By then whoever made it has been killed. */
const LEFT_BEHIND_MS = 10 * 60_000

const live = new Set<string>()

/** The name of a file that is gone when `use` ends, whether it was made or not. */
export async function withName<T>(folder: string, use: (file: string) => Promise<T>): Promise<T> {
  const file = join(folder, `${PREFIX}${randomUUID()}`)
  live.add(file)
  try {
    return await use(file)
  } finally {
    await rm(file, { force: true }).catch(() => {})
    live.delete(file)
  }
}

/** A file for as long as this takes, in a folder where it tells whether we may write. */
export async function withProbe<T>(folder: string, use: (file: string) => Promise<T>): Promise<T> {
  await sweep(folder)
  return withName(folder, async (file) => {
    await writeFile(file, 'written by npm run doctor, and of no use\n', { flag: 'wx' })
    return use(file)
  })
}

/** For a process that is told to end now. */
export function removeProbes(): void {
  for (const file of live) rmSync(file, { force: true })
}

/** What killed ones left. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(PREFIX)) continue
    const file = join(folder, name)
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile() && Date.now() - found.mtimeMs > LEFT_BEHIND_MS) await rm(file, { force: true }).catch(() => {})
  }
}
