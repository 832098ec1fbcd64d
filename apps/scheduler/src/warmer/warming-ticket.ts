import { PRIORITIES, type TicketRequest } from '@torrentino/domain'

/**
 * What the last ticket for an artist asked for is what is looked for: by it the matcher knows the right torrent. Of that everything
 * is kept, and nothing is placed.
 */
export function warmingTicket({
  search,
  tracks,
  constraints,
  content_type,
  request_scope,
  metadata_to_embed,
}: TicketRequest): TicketRequest {
  return {
    ...{ content_type, search, constraints, request_scope, metadata_to_embed },
    ...{ keep_only: true, dry_run: false, priority: PRIORITIES.background, linked_tickets: [], images: [] },
    tracks: tracks.map((track) => ({ ...track, dest_path: '' })),
  }
}
