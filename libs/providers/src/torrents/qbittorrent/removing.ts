import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Metainfo } from '../metainfo.js'
import { contentOf, deleteContent } from '../shared/delete-content.js'
import { readMetadata } from '../shared/metadata-store.js'
import type { Remains } from '../torrent-client.js'
import { type AddingDeps, hasMetadata, labelsOf } from './adding.js'
import { clientError } from './failures.js'
import { findOurs } from './find-ours.js'
import type { Live } from './mirror.js'

const GONE_MS = 10_000
const LOOK_MS = 100

/** Takes the torrent out of qBittorrent, if it is there, and sees to it that its files are gone where they should be. */
export async function takeOut(
  infoHash: string,
  deleteFiles: boolean,
  { folder, paths }: Partial<Remains>,
  meta: Metainfo | null,
  deps: AddingDeps,
): Promise<void> {
  const { api, mirror } = deps
  const live = await findOurs(infoHash, folder, deps)
  const known = meta ?? (live && deleteFiles ? await metadataOf(live, infoHash, deps) : null)
  if (live) {
    await api.remove(live.id, deleteFiles)
    const labels = labelsOf(live)
    if (labels.length > 0) await api.deleteTags(labels)
    await until(async () => {
      await mirror.look()
      return mirror.get(infoHash) === undefined
    })
  }
  if (deleteFiles && folder !== undefined) await clearFolder(folder, infoHash, await contentOf(folder, infoHash, known, paths))
}

async function metadataOf(live: Live, infoHash: string, { api }: AddingDeps): Promise<Metainfo | null> {
  const torrent = hasMetadata(live) ? await api.torrentFile(live.id) : null
  try {
    return torrent && readMetadata(torrent, infoHash).meta
  } catch {
    return null
  }
}

/** qBittorrent deletes in its own time and leaves the folder; where we may not delete in it, it is left. */
async function clearFolder(folder: string, infoHash: string, content: readonly string[]): Promise<void> {
  await until(async () => {
    try {
      await deleteContent(folder, infoHash, content)
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(String((error as NodeJS.ErrnoException).code))) throw error
    }
    return !(await anyLeft(folder, content))
  })
}

async function anyLeft(folder: string, content: readonly string[]): Promise<boolean> {
  for (const path of content) {
    const left = await access(join(folder, path)).then(
      () => true,
      () => false,
    )
    if (left) return true
  }
  return false
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + GONE_MS
  while (!(await isSo())) {
    if (Date.now() > end) throw clientError('did not remove a torrent in time')
    await sleep(LOOK_MS)
  }
}
