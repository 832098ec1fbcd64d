import type { Logger, Metrics } from '@torrentino/runtime'
import type { UncoveredArtist } from '@torrentino/store'

export interface WarmerEvents {
  scanned(artists: readonly UncoveredArtist[]): void
  filed(artist: UncoveredArtist, ticketId: string): void
  skipped(artist: UncoveredArtist, reason: string): void
  heldBack(reason: string): void
  /** How things stand. */
  stands(now: { heldBytes: number; underWay: number; waiting: number }): void
}

export function createWarmerEvents(log: Logger, metrics: Pick<Metrics, 'counter' | 'gauge'>): WarmerEvents {
  const scans = metrics.counter('warmer_scans_total', 'How often the cache warmer looked for artists')
  const artists = metrics.counter('warmer_artists_total', 'What the cache warmer did about artists', ['outcome'])
  const held = metrics.gauge('warmer_held_bytes', 'What the cache warmer has loaded, and what it was promised')
  const underWay = metrics.gauge('warmer_tickets_under_way', 'Tickets of the cache warmer that are not over')
  const waiting = metrics.gauge('warmer_artists_waiting', 'Artists that the cache warmer has still to look after')
  return {
    scanned(found) {
      scans.inc()
      log.info('cache warmer scanned', { artists: found.length, most_wanted: found.slice(0, 5).map(({ artist }) => artist) })
    },
    filed({ artist, demand }, ticketId) {
      artists.inc({ outcome: 'filed' })
      log.info('cache warmer filed a ticket', { artist, demand, ticket_id: ticketId })
    },
    skipped({ artist }, reason) {
      artists.inc({ outcome: 'skipped' })
      log.info('cache warmer skipped an artist', { artist, reason })
    },
    heldBack: (reason) => void log.info('cache warmer waits', { reason }),
    stands(now) {
      held.set(now.heldBytes)
      underWay.set(now.underWay)
      waiting.set(now.waiting)
    },
  }
}
