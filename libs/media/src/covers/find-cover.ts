import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { imageKind, MAX_IMAGE_BYTES } from './check-image.js'

export interface FindCoverOptions {
  maxBytes?: number
  /** Looked at in the folder and the folders in it, all together. */
  maxEntries?: number
}

interface Picture {
  path: string
  /** Position in COVER_NAMES; the others share the last. */
  rank: number
  depth: number
  size: number
}

const COVER_NAMES = ['cover', 'folder', 'front']
const EXTENSIONS = ['.jpg', '.jpeg', '.png']

/** The picture that shows the album: by its name, else the largest. Null when the folder has no real one. */
export async function findCover(folder: string, options: FindCoverOptions = {}): Promise<string | null> {
  const { maxBytes = MAX_IMAGE_BYTES, maxEntries = 5000 } = options
  const pictures = await listPictures(folder, maxEntries)
  pictures.sort((a, b) => a.rank - b.rank || a.depth - b.depth || b.size - a.size || (a.path < b.path ? -1 : 1))
  for (const { path } of pictures) {
    if (await imageKind(path, maxBytes)) return path
  }
  return null
}

/** Of the folder and one level below; links are not followed, they may lead anywhere. */
async function listPictures(folder: string, maxEntries: number): Promise<Picture[]> {
  const top = (await entriesOf(folder)).slice(0, maxEntries)
  const found = top.map((entry) => ({ entry, folder, depth: 0 }))
  for (const { name } of top.filter((entry) => entry.isDirectory())) {
    if (found.length >= maxEntries) break
    const inner = await entriesOf(join(folder, name))
    found.push(...inner.slice(0, maxEntries - found.length).map((entry) => ({ entry, folder: join(folder, name), depth: 1 })))
  }
  const pictures = found.filter(({ entry }) => entry.isFile() && EXTENSIONS.includes(parse(entry.name).ext.toLowerCase()))
  return Promise.all(pictures.map(({ entry, folder, depth }) => describe(join(folder, entry.name), depth)))
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function describe(path: string, depth: number): Promise<Picture> {
  const rank = COVER_NAMES.indexOf(parse(path).name.toLowerCase())
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  return { path, rank: rank === -1 ? COVER_NAMES.length : rank, depth, size }
}
