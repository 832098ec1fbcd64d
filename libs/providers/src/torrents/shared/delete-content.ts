import { realpath, rmdir, unlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Metainfo } from '../metainfo.js'
import { loadMetadata, savedMetadataPath } from './metadata-store.js'

/** Of a torrent that nobody holds any more, by the metadata that lies beside it. */
export async function deleteUnheld(folder: string, infoHash: string): Promise<void> {
  const metadata = await loadMetadata(folder, infoHash).catch(() => null)
  await deleteContent(folder, infoHash, metadata?.meta ?? null)
}

/** Removes what this torrent wrote below its folder, then each folder that is left empty; what else lies there stays. */
export async function deleteContent(folder: string, infoHash: string, meta: Metainfo | null): Promise<void> {
  const root = await realpath(folder).catch(() => null)
  if (root === null) return
  const paths = meta ? [...meta.files.map((file) => file.path), ...engineFiles(meta.name, infoHash)] : []
  const parents = new Set<string>()
  for (const path of paths) {
    const parent = dirname(join(root, path))
    if (!parents.has(parent) && !(await isInside(root, parent))) continue
    parents.add(parent)
    await ignoring(['ENOENT', 'ENOTDIR'], unlink(join(root, path)))
  }
  await ignoring(['ENOENT'], unlink(savedMetadataPath(root, infoHash)))
  await removeEmptyFolders(root, parents)
}

/** What engines write beside the content: control files, and fragments of files that were not wanted. */
function engineFiles(name: string, infoHash: string): string[] {
  return [`${name}.aria2`, `${name}.aria2__temp`, `.${infoHash}.parts`]
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
