import type { Ticket } from './ticket.js'

/** Tracks that a torrent has which we have already: they are not loaded again, while the rest is searched for. */
export interface HeldFiles {
  info_hash: string
  /** Folder that holds the torrent's files. */
  folder: string
  files: { item_id: string; torrent_file_path: string; size_bytes: number }[]
}

/** The ticket as it is searched for, matched and loaded: it does not request what is there already. */
export function withoutHeld<T extends Pick<Ticket, 'request' | 'work'>>(ticket: T): T {
  const { request, work } = ticket
  const held = new Set(work.held?.flatMap(({ files }) => files.map(({ item_id }) => item_id)))
  if (held.size === 0) return ticket
  const tracks = request.tracks.map((track) => (held.has(track.catalog_track_id) ? { ...track, requested: false } : track))
  return { ...ticket, request: { ...request, tracks } }
}
