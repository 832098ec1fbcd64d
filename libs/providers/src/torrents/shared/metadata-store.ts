import { mkdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StageError } from '@torrentino/domain'
import { type Metainfo, parseMetainfo } from '../metainfo.js'

const MAX_BYTES = 10 * 1024 * 1024

export interface TorrentMetadata {
  torrent: Uint8Array
  meta: Metainfo
}

export function savedMetadataPath(folder: string, infoHash: string): string {
  return join(folder, `${infoHash}.torrent`)
}

/** While it is written; a process that is killed then leaves it behind. */
export function metadataDraftPath(folder: string, infoHash: string): string {
  return `${savedMetadataPath(folder, infoHash)}__temp`
}

/** Refuses a torrent that is not the one that was promised. */
export function readMetadata(torrent: Uint8Array, infoHash: string): TorrentMetadata {
  const meta = parseMetainfo(torrent)
  if (meta.infoHash === infoHash) return { torrent, meta }
  throw new StageError(
    'permanent',
    'torrent_hash_mismatch',
    `The torrent file is of ${meta.infoHash}, not of ${infoHash}. Choose another release.`,
  )
}

/** What lies in the torrent's folder, from an earlier run or from the engine; null when nothing does. */
export async function loadMetadata(folder: string, infoHash: string): Promise<TorrentMetadata | null> {
  const path = savedMetadataPath(folder, infoHash)
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  )
  if (size < 0) return null
  if (size > MAX_BYTES)
    throw new StageError('permanent', 'torrent_invalid', `The metadata of torrent ${infoHash} is larger than ${MAX_BYTES} bytes.`)
  return readMetadata(await readFile(path), infoHash)
}

/** So that another engine on the same folder need not fetch it again. */
export async function saveMetadata(folder: string, infoHash: string, torrent: Uint8Array): Promise<void> {
  const draft = metadataDraftPath(folder, infoHash)
  await usable(folder, async () => {
    await mkdir(folder, { recursive: true })
    await writeFile(draft, torrent)
      .then(() => rename(draft, savedMetadataPath(folder, infoHash)))
      .catch(async (error) => {
        await unlink(draft).catch(() => {})
        throw error
      })
  })
}

export async function dropMetadata(folder: string, infoHash: string): Promise<void> {
  await unlink(savedMetadataPath(folder, infoHash)).catch(() => {})
}

export async function makeFolder(folder: string): Promise<void> {
  await usable(folder, () => mkdir(folder, { recursive: true }))
}

async function usable(folder: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown'
    const message = `The download folder ${folder} cannot be written (${code}). Make room in it or let the service write there.`
    throw new StageError('retryable', code === 'ENOSPC' ? 'disk_full' : 'folder_unusable', message, { cause })
  }
}
