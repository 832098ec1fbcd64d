import type { TicketRequest } from '@torrentino/domain'
import type { MusicLimit } from './quality/music.js'

/** What holds for all tickets. */
export interface MatchSettings {
  /** Among releases that hold everything wanted, the larger collection first. */
  prefer_discographies?: boolean
  /** Nothing better is loaded, unless the ticket itself wants lossless. */
  music_quality_limit?: MusicLimit
}

/** What matching needs to know of a ticket, and of the settings. */
export interface MatchRequest
  extends Pick<TicketRequest, 'search' | 'tracks' | 'images' | 'request_scope' | 'constraints'>,
    MatchSettings {}
