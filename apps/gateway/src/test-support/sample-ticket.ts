import type { NewTicket } from '@torrentino/domain'
import type { z } from 'zod'

export type TicketBody = z.input<typeof NewTicket>

/** A small album as a consumer would post it. */
export function sampleTicket(change: Partial<TicketBody> = {}): TicketBody {
  return {
    search: { artist: 'The Example Band', album: 'First Steps', year: 2019 },
    tracks: [
      { catalog_track_id: 't1', track_number: 1, name: 'One', duration_secs: 61, dest_path: '/media/music/first/01.ogg' },
      { catalog_track_id: 't2', track_number: 2, name: 'Two', duration_secs: 62, dest_path: '/media/music/first/02.ogg' },
    ],
    images: [{ catalog_image_id: 'cover', dest_path: '/media/music/first/cover.jpg' }],
    ...change,
  }
}
