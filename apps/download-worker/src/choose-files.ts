import { requestedItems, type SourceFile, type Ticket, type TorrentFile, type TrackMapping } from '@torrentino/domain'
import { mapFilesInTurns } from '@torrentino/matching'

export interface Choice {
  /** Which file becomes which track. */
  files: SourceFile[]
  mapping: TrackMapping[]
  confidence: number
  /** Requested tracks without a file. */
  missing: string[]
  /** A picture that can serve as cover. */
  cover?: string
}

const PICTURE = /\.(jpe?g|png)$/i
const COVER_NAME = /(^|\/)(cover|folder|front|album)[^/]*\.(jpe?g|png)$/i
const MAX_COVER_BYTES = 10_000_000

/** The files of the torrent that the ticket needs. A mapping that was approved stands where its files are there. */
export async function chooseFiles(
  ticket: Pick<Ticket, 'request'>,
  approved: TrackMapping[],
  files: TorrentFile[],
  signal?: AbortSignal,
): Promise<Choice> {
  const tracks = requestedItems(ticket.request).filter((item) => item.kind === 'track')
  const paths = new Set(files.map((file) => file.path))
  const usable = approved.filter((entry) => paths.has(entry.torrent_file_path))
  const approvedAll = tracks.every((track) => usable.some((entry) => entry.catalog_track_id === track.id))
  const fresh = approvedAll ? null : await mapFilesInTurns(tracks, files, ticket.request.search, signal)
  const mapping = (fresh?.mapping ?? usable).filter((entry) => tracks.some((track) => track.id === entry.catalog_track_id))
  return {
    files: mapping.map((entry) => ({ item_id: entry.catalog_track_id, torrent_file_path: entry.torrent_file_path })),
    mapping,
    confidence: fresh?.confidence ?? Math.min(1, ...mapping.map((entry) => entry.confidence)),
    missing: tracks.map((track) => track.id).filter((id) => !mapping.some((entry) => entry.catalog_track_id === id)),
    cover: wantsCover(ticket) ? chooseCover(files, mapping) : undefined,
  }
}

function wantsCover({ request }: Pick<Ticket, 'request'>): boolean {
  return request.constraints.embed_cover || request.images.length > 0
}

/** A picture named as a cover, else the largest one; those beside the chosen tracks first. */
function chooseCover(files: TorrentFile[], mapping: TrackMapping[]): string | undefined {
  const folders = new Set(mapping.map((entry) => folderOf(entry.torrent_file_path)))
  const rank = (file: TorrentFile) => (COVER_NAME.test(file.path) ? 2 : 0) + (folders.has(folderOf(file.path)) ? 1 : 0)
  return files
    .filter((file) => PICTURE.test(file.path) && file.size_bytes > 0 && file.size_bytes <= MAX_COVER_BYTES)
    .sort((a, b) => rank(b) - rank(a) || b.size_bytes - a.size_bytes)[0]?.path
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}
