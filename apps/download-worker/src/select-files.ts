import type { TorrentFileStatus } from '@torrentino/providers'
import type { Torrents } from '@torrentino/store'
import type { Member } from './pool/pool.js'

export function indexesOf(files: readonly TorrentFileStatus[], paths: readonly string[]): number[] {
  const asked = new Set(paths)
  return files.filter(({ path }) => asked.has(path)).map(({ index }) => index)
}

interface Selection {
  infoHash: string
  files: readonly TorrentFileStatus[]
  /** What is chosen beside all that others want of it. */
  paths: readonly string[]
  /** Others are to find it wanted from now on. */
  noted: boolean
}

/** Has these files loaded, too. To be called while nobody else changes the torrent. */
export async function selectAlso({ client }: Member, { infoHash, files, paths, noted }: Selection, torrents: Torrents): Promise<void> {
  const before = (await torrents.find(infoHash))?.wanted ?? []
  const wanted = [...new Set([...before, ...paths])]
  if (wanted.length > before.length) {
    if (noted) await torrents.update(infoHash, { wanted })
    await torrents.updateStatus(infoHash, 'downloading', ['seeding', 'goal_met'])
  }
  await client.selectFiles(infoHash, indexesOf(files, wanted))
  await client.resume(infoHash)
}
