import { lstat, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hashFile } from '../files/hash-file.js'
import type { FileSystem } from '../place/file-system.js'
import type { PlacementPlan } from '../place/journal.js'
import { createRootGuard, ROOT_MARK, type RootGuard } from '../place/root-guard.js'

export interface Scene {
  library: string
  /** Where the sources lie. */
  work: string
  plan: PlacementPlan
  /** Path below the library to what stands there, folders as null. */
  before: Record<string, string | null>
  after: Record<string, string | null>
}

/** Three converted files; one destination is taken, two lie in folders that are not there yet. */
export async function makeScene(folder: string, taken: 'other content' | 'same content'): Promise<Scene> {
  const library = join(folder, 'library')
  const names = ['Artist/1.ogg', 'Artist/New/CD1/2.ogg', 'Artist/New/CD1/3.ogg']
  const items = []
  for (const [index, name] of names.entries()) {
    const source = join(folder, 'work', `${index}.ogg`)
    await write(source, `new ${name}`)
    const { size } = await lstat(source)
    items.push({ itemId: `item-${index}`, source, dest: join(library, name), size, sha256: await hashFile(source) })
  }
  await write(join(library, 'Artist/1.ogg'), taken === 'same content' ? 'new Artist/1.ogg' : 'old one')
  await write(join(library, 'Artist/neighbour.ogg'), 'neighbour')
  await write(join(library, ROOT_MARK), '')
  const before = await snapshot(library)
  const after = { ...before, ...Object.fromEntries(names.map((name) => [name, `new ${name}`])), 'Artist/New': null, 'Artist/New/CD1': null }
  return { library, work: join(folder, 'work'), plan: { token: 'ticket-1', roots: [library], items }, before, after }
}

/** A guard that knows the library's root from before. */
export function guardOf({ library }: Pick<Scene, 'library'>, fs?: FileSystem): RootGuard {
  return createRootGuard({ roots: [library], placedBefore: async () => [join(library, 'long gone')], limitMs: 60_000, fs })
}

/** Everything below a folder, with what is in it. */
export async function snapshot(folder: string): Promise<Record<string, string | null>> {
  const names = await readdir(folder, { recursive: true })
  const entries = names.map(async (name) => {
    const path = join(folder, name)
    const found = await lstat(path)
    if (found.isSymbolicLink()) return [name, `link to ${await readlink(path)}`] as const
    return [name, found.isDirectory() ? null : await readFile(path, 'utf8')] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}
