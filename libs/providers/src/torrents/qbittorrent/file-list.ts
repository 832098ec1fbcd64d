import { StageError } from '@torrentino/domain'
import type { Metainfo } from '../metainfo.js'
import { readMetadata } from '../shared/metadata-store.js'
import type { Api } from './api.js'
import { type HeldTorrent, type Part, theirIndexes } from './held-torrent.js'
import type { ClientFile } from './schema.js'

/** Takes over which files there are, and what is wanted of them; of a torrent that we added just now, nothing. */
export async function readFileList(held: HeldTorrent, id: string, api: Api): Promise<void> {
  if (!held.meta) {
    // Read and judged by ourselves, as is every .torrent.
    const torrent = await api.torrentFile(id)
    if (!torrent) return
    held.meta = readMetadata(torrent, held.infoHash).meta
  }
  if (held.wanted !== null && !held.fresh) return
  const files = await api.files(id)
  checkAgreement(held, files)
  const on = positions(files, ({ priority }) => priority > 0)
  if (held.fresh) await api.setPriority(id, on, 0)
  else if (on.length > 0) held.wanted = oursOf(held.meta, new Set(on))
  held.fresh = false
}

/** Makes the selection qBittorrent's own, and tells whether all of it is there. */
export async function applySelection(held: HeldTorrent, id: string, indexes: readonly number[], api: Api): Promise<void> {
  const files = await api.files(id)
  checkAgreement(held, files)
  const wanted = new Set(indexes)
  const ids = wantedIds(held, wanted)
  await api.setPriority(
    id,
    positions(files, ({ priority }, index) => priority > 0 && !ids.has(index)),
    0,
  )
  await api.setPriority(
    id,
    positions(files, ({ priority }, index) => priority === 0 && ids.has(index)),
    1,
  )
  Object.assign(held, { wanted, fresh: false, ready: false, share: 0, complete: areWhole(files, ids) })
  if (!held.complete) Object.assign(held, { goalReached: false, goalTold: false })
}

/** By each file's own count, which is right at all times. */
export async function isComplete(held: HeldTorrent, id: string, api: Api): Promise<boolean> {
  return areWhole(await api.files(id), wantedIds(held, held.wanted ?? new Set()))
}

export async function wholeParts(held: HeldTorrent, id: string, api: Api): Promise<Part[]> {
  const files = await api.files(id)
  return [...held.parts].filter(({ indexes }) => areWhole(files, wantedIds(held, new Set(indexes))))
}

function areWhole(files: readonly ClientFile[], ids: ReadonlySet<number>): boolean {
  return [...ids].every((index) => files[index]?.size === 0 || files[index]?.progress === 1)
}

function wantedIds({ meta }: HeldTorrent, wanted: ReadonlySet<number>): Set<number> {
  const theirs = meta ? theirIndexes(meta) : []
  return new Set([...wanted].flatMap((index) => theirs[index] ?? []))
}

function oursOf(meta: Metainfo, ids: ReadonlySet<number>): Set<number> {
  return new Set(theirIndexes(meta).flatMap((id, index) => (id !== undefined && ids.has(id) ? [index] : [])))
}

function positions(files: readonly ClientFile[], test: (file: ClientFile, index: number) => boolean): number[] {
  return files.flatMap((file, index) => (test(file, index) ? [index] : []))
}

/** Whatever qBittorrent made of the names: it must write where we look. */
function checkAgreement({ meta }: HeldTorrent, files: readonly ClientFile[]): void {
  const ours = meta?.files.filter((file) => !file.padding) ?? []
  const agreed = ours.length === files.length && ours.every(({ path, size_bytes }, index) => isSame(path, size_bytes, files[index]))
  if (agreed) return
  throw new StageError(
    'permanent',
    'torrent_unsafe',
    'qBittorrent has other file names in the torrent than we read in it. Choose another release.',
  )
}

/** An unfinished file may go by a name of its own. */
function isSame(path: string, size: number, theirs: ClientFile | undefined): boolean {
  return theirs?.size === size && theirs.name.replaceAll('\\', '/').replace(/\.!qB$/, '') === path
}
