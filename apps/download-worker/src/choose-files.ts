import { type ContentItem, requestedItems, type SourceFile, type Ticket, type TorrentFile, type TrackMapping } from '@torrentino/domain'
import { discParts, mapFilesInTurns } from '@torrentino/matching'

export interface Choice {
  /** Which file becomes which track, or which part of one. */
  files: SourceFile[]
  /** The files that are a track each. */
  mapping: TrackMapping[]
  /** Mean over the requested tracks; one without a file counts as nothing. */
  confidence: number
  /** Requested tracks without a file. */
  missing: string[]
  /** Of those, the ones that were not missing already in the mapping that a human approved. */
  unagreed: string[]
  /** A picture that can serve as cover. */
  cover?: string
}

export const PICTURE = /\.(jpe?g|png)$/i
const COVER_NAME = /(^|\/)(cover|folder|front|album)[^/]*\.(jpe?g|png)$/i
export const MAX_PICTURE_BYTES = 10_000_000

/** The files of the torrent that the ticket needs. A mapping that was approved stands where its files are there. */
export async function chooseFiles(
  ticket: Pick<Ticket, 'request' | 'work'>,
  approved: TrackMapping[],
  files: TorrentFile[],
  signal?: AbortSignal,
): Promise<Choice> {
  const tracks = requestedItems(ticket.request).filter((item) => item.kind === 'track')
  const mapping = await completed(approved, tracks, files, ticket.request.search, signal)
  const unmapped = tracks.filter(({ id }) => !mapping.some((entry) => entry.catalog_track_id === id))
  // What a sheet says shows only when it is here: a human has said that this is the disc.
  const parts = ticket.work.human_approved ? discParts(unmapped, files) : []
  const mapped = new Set([...mapping.map((entry) => entry.catalog_track_id), ...parts.map((part) => part.item_id)])
  const total = mapping.reduce((sum, entry) => sum + entry.confidence, 0)
  const missing = tracks.map((track) => track.id).filter((id) => !mapped.has(id))
  const sizes = new Map(files.map((file) => [file.path, file.size_bytes]))
  const whole = mapping.map(({ catalog_track_id, torrent_file_path }) => ({
    item_id: catalog_track_id,
    torrent_file_path,
    size_bytes: sizes.get(torrent_file_path),
  }))
  return {
    files: [...whole, ...parts.map((part) => ({ ...part, size_bytes: shareOf(part, parts, sizes) }))],
    mapping,
    confidence: total / tracks.length,
    missing,
    unagreed: missing.filter((id) => !isAgreed(id, ticket, approved)),
    cover: wantsCover(ticket) ? chooseCover(files, [...mapping, ...parts]) : undefined,
  }
}

/** Where the parts of a disc end shows only in its sheet; for the order of work an equal share says enough. */
function shareOf({ torrent_file_path: path }: SourceFile, parts: SourceFile[], sizes: Map<string, number>): number {
  return Math.round((sizes.get(path) ?? 0) / parts.filter((part) => part.torrent_file_path === path).length)
}

/** Who approves a mapping that lacks a track takes the ticket without it. One without any file said nothing of the tracks. */
function isAgreed(trackId: string, { work }: Pick<Ticket, 'work'>, approved: TrackMapping[]): boolean {
  return work.human_approved === true && approved.length > 0 && approved.every((entry) => entry.catalog_track_id !== trackId)
}

/** What was approved and can be had, in the order of the tracks; where a track lacks, the real list is looked at anew. */
async function completed(
  approved: TrackMapping[],
  tracks: ContentItem[],
  files: TorrentFile[],
  hints: { artist?: string; album?: string },
  signal: AbortSignal | undefined,
): Promise<TrackMapping[]> {
  const paths = new Set(files.map((file) => file.path))
  const kept = new Map(
    approved.filter((entry) => paths.has(entry.torrent_file_path)).map((entry) => [entry.catalog_track_id, entry] as const),
  )
  if (tracks.some((track) => !kept.has(track.id))) {
    const taken = new Set([...kept.values()].map((entry) => entry.torrent_file_path))
    const { mapping } = await mapFilesInTurns(tracks, files, hints, signal)
    for (const entry of mapping)
      if (!kept.has(entry.catalog_track_id) && !taken.has(entry.torrent_file_path)) kept.set(entry.catalog_track_id, entry)
  }
  return tracks.flatMap((track) => kept.get(track.id) ?? [])
}

function wantsCover({ request }: Pick<Ticket, 'request'>): boolean {
  return request.constraints.embed_cover || request.images.length > 0
}

/** A picture named as a cover, else the largest one; those beside the chosen tracks first. */
function chooseCover(files: TorrentFile[], mapping: { torrent_file_path: string }[]): string | undefined {
  const folders = new Set(mapping.map((entry) => folderOf(entry.torrent_file_path)))
  const rank = (file: TorrentFile) => (COVER_NAME.test(file.path) ? 2 : 0) + (folders.has(folderOf(file.path)) ? 1 : 0)
  return files
    .filter((file) => PICTURE.test(file.path) && file.size_bytes > 0 && file.size_bytes <= MAX_PICTURE_BYTES)
    .sort((a, b) => rank(b) - rank(a) || b.size_bytes - a.size_bytes)[0]?.path
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** All of them that are to be loaded. */
export function pathsOf({ files, cover }: Choice): string[] {
  const tracks = files.flatMap((file) => [file.torrent_file_path, ...(file.cue_path ? [file.cue_path] : [])])
  return [...tracks, ...(cover ? [cover] : [])]
}
