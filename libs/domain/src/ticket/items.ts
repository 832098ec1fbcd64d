import type { TicketRequest } from './new-ticket.js'

/** One file that the ticket wants at one path, whatever kind of content it is. */
export interface ContentItem {
  id: string
  index: number
  kind: 'track' | 'image'
  name: string
  destPath: string
  discNumber?: number
  trackNumber?: number
  expectedDurationSecs?: number
}

/** The files to make: requested tracks first, then images. The index is stable and names the item's jobs. */
export function requestedItems(request: Pick<TicketRequest, 'tracks' | 'images'>): ContentItem[] {
  const tracks = request.tracks
    .filter((track) => track.requested)
    .map((track) => ({
      id: track.catalog_track_id,
      kind: 'track' as const,
      name: track.name,
      destPath: track.dest_path,
      discNumber: track.disc_number,
      trackNumber: track.track_number,
      expectedDurationSecs: track.duration_secs,
    }))
  const images = request.images.map((image) => ({
    id: image.catalog_image_id,
    kind: 'image' as const,
    name: image.type,
    destPath: image.dest_path,
  }))
  return [...tracks, ...images].map((item, index) => ({ ...item, index }))
}
