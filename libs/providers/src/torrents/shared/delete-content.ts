import { realpath, rmdir, unlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Metainfo } from '../metainfo.js'
import { loadMetadata, metadataDraftPath, savedMetadataPath } from './metadata-store.js'

/** By what is known of it, here or elsewhere; of a torrent that nobody holds any more that may be the metadata that lies beside it. */
export async function contentOf(folder: string, infoHash: string, meta: Metainfo | null, paths: readonly string[] = []): Promise<string[]> {
  const files = (meta ?? (await loadMetadata(folder, infoHash).catch(() => null))?.meta)?.files ?? []
  return [...new Set([...files.map((file) => file.path), ...paths])]
}

/** Removes what this torrent wrote below its folder, then each folder that is left empty; what else lies there stays. */
export async function deleteContent(folder: string, infoHash: string, content: readonly string[]): Promise<void> {
  const root = await realpath(folder).catch(() => null)
  if (root === null) return
  const parents = new Set<string>()
  for (const path of [...content, ...engineFiles(content, infoHash)]) {
    const parent = dirname(join(root, path))
    if (!parents.has(parent) && !(await isInside(root, parent))) continue
    parents.add(parent)
    await ignoring(['ENOENT', 'ENOTDIR'], unlink(join(root, path)))
  }
  for (const path of [savedMetadataPath(root, infoHash), metadataDraftPath(root, infoHash)]) await ignoring(['ENOENT'], unlink(path))
  await removeEmptyFolders(root, parents)
}

/** What engines write beside the content: control files, and fragments of files that were not wanted. */
function engineFiles(content: readonly string[], infoHash: string): string[] {
  const names = new Set(content.map((path) => path.split('/')[0]))
  return [...[...names].flatMap((name) => [`${name}.aria2`, `${name}.aria2__temp`]), `.${infoHash}.parts`]
}

/** A link somewhere on the way must not lead the deletion elsewhere. */
async function isInside(root: string, folder: string): Promise<boolean> {
  const real = await realpath(folder).catch(() => null)
  return real === root || real?.startsWith(root + sep) === true
}

async function removeEmptyFolders(root: string, parents: Set<string>): Promise<void> {
  const folders = new Set<string>([root])
  for (const parent of parents) {
    for (let folder = parent; folder.startsWith(root + sep) && !folders.has(folder); folder = dirname(folder)) folders.add(folder)
  }
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length)
  for (const folder of deepestFirst) await ignoring(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'], rmdir(folder))
}

async function ignoring(codes: string[], work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!codes.includes(String((error as NodeJS.ErrnoException).code))) throw error
  }
}
