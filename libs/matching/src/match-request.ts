import type { TicketRequest } from '@torrentino/domain'

/** What matching needs to know of a ticket. */
export type MatchRequest = Pick<TicketRequest, 'search' | 'tracks' | 'images' | 'request_scope' | 'constraints'>
