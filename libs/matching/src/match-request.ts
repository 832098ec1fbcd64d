import type { TicketRequest } from '@torrentino/domain'

/** What matching needs to know of a ticket, and of the settings. */
export interface MatchRequest extends Pick<TicketRequest, 'search' | 'tracks' | 'images' | 'request_scope' | 'constraints'> {
  /** Among releases that hold everything wanted, the larger collection first. */
  prefer_discographies?: boolean
}
