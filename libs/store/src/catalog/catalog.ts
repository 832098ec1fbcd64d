import { TERMINAL_STATES } from '@torrentino/domain'
import type pg from 'pg'
import { AT_REST } from '../at-rest.js'
import type { AuditNote } from '../audit.js'
import { createNotedChange } from '../noted-change.js'
import type { WrittenAudit } from '../pool.js'
import { bytesHeld, type CleanupCandidate, cleanupCandidates } from './cleanup.js'
import { type Cover, findCoverage, type WantedTrack } from './coverage.js'
import {
  type CatalogFile,
  type CatalogFilter,
  type CatalogPage,
  type CatalogTorrent,
  type CountedTorrent,
  filesOf,
  findInCatalog,
  listCatalog,
} from './listing.js'
import { type Registration, registerTorrent } from './register.js'

export interface UncoveredArtist {
  artist: string
  artistKey: string
  /** How many tickets asked for the artist. */
  demand: number
  /** The last of them. */
  ticketId: string
}

export interface Demand {
  /** Only tickets from then on count. */
  since: Date
  minDemand: number
  /** Leaves out these, by their keys. */
  without: readonly string[]
}

const ANY_DEMAND: Demand = { since: new Date(0), minDemand: 1, without: [] }

/** What the known torrents hold. */
export interface Catalog {
  /** Calls for one torrent must not meet. */
  register(infoHash: string, registration: Registration): Promise<void>
  /** Which torrents hold which of the tracks, the best first; `without` these. */
  findCoverage(tracks: readonly WantedTrack[], without?: readonly string[]): Promise<Cover[]>
  /**
   * Notes that the searching ticket needs the torrent. False when the torrent is on its way out or the ticket is not searching any
   * more: a clean-up of either comes after it or before it, never between.
   */
  hold(infoHash: string, ticketId: string): Promise<boolean>
  touch(infoHash: string): Promise<void>
  files(infoHash: string, from: number, limit: number): Promise<CatalogFile[]>
  find(infoHash: string): Promise<CountedTorrent | null>
  list(filter: CatalogFilter): Promise<CatalogPage>
  /** Keeps it, or no longer, and notes who did so; false where nothing changes. */
  pin(infoHash: string, pinned: boolean, note: AuditNote): Promise<boolean>
  /** Marks it as to be removed, unless a ticket that is not over needs it, and notes what it was. Whoever holds it takes the files away. */
  retire(infoHash: string, noteOf: (was: Kept) => AuditNote): Promise<boolean>
  cleanupCandidates(bytesToFree: number): Promise<CleanupCandidate[]>
  bytesHeld(): Promise<number>
  noteWish(ticketId: string, artist: string, artistKey: string): Promise<void>
  /** Whom tickets asked for, no torrent has anything of, and no ticket is at work on, the most wanted first. */
  uncoveredArtists(limit: number, demand?: Partial<Demand>): Promise<UncoveredArtist[]>
  /** Some torrent has something of the artist. */
  isCovered(artistKey: string): Promise<boolean>
}

/** How a torrent stands when somebody removes it. */
export type Kept = Pick<CatalogTorrent, 'status' | 'pinned'>

const HOLD = `
insert into torrent_uses (info_hash, ticket_id)
select t.info_hash, k.id from torrents t, tickets k
where t.info_hash = $1 and t.status in ('downloading', 'seeding', 'goal_met') and k.id = $2 and k.state = 'searching'
for share of t, k
on conflict do nothing`

/** Tickets that failed keep their uses for a retry, which would fetch it again. */
const RETIRE = `
with retired as (
  update torrents t set status = 'removed', pinned = false
  where t.info_hash = $1 and not exists (
    select from torrent_uses u join tickets k on k.id = u.ticket_id where u.info_hash = t.info_hash and k.state <> all($2::text[])
  )
  returning info_hash
), released as (
  delete from torrent_uses u using retired r, tickets k where u.info_hash = r.info_hash and k.id = u.ticket_id and k.state = any($2::text[])
)
select from retired`

const COVERED = 'select from torrent_contents c where c.artist_key = $1 and c.track_key is not null limit 1'

/**
 * The most wanted first, each looked at by itself until there are enough: as joins, all artists would be compared with all files and
 * tickets.
 */
const UNCOVERED = `
select u.artist, u.artist_key as "artistKey", u.demand, (
  select w.ticket_id from artist_wishes w where w.artist_key = u.artist_key order by w.at desc, w.ticket_id limit 1
) as "ticketId"
from (
  select d.* from (
    select artist_key, max(artist) as artist, count(*)::int as demand from artist_wishes where at >= $2
    group by artist_key having count(*) >= $3 order by count(*) desc, artist_key offset 0
  ) as d
  where d.artist_key <> all($4::text[])
    and (select true from torrent_contents c where c.artist_key = d.artist_key and c.track_key is not null limit 1) is null
    and (
      select true from artist_wishes w join tickets k on k.id = w.ticket_id where w.artist_key = d.artist_key and k.state <> all($5::text[]) limit 1
    ) is null
  limit $1
) as u
order by u.demand desc, u.artist_key`

const PIN = 'update torrents set pinned = $2 where info_hash = $1 and pinned <> $2'

export function createCatalog(pool: pg.Pool, onAudit?: (entries: WrittenAudit[]) => void): Catalog {
  /** True where there was a row. */
  async function changed(text: string, values: unknown[], db: Pick<pg.ClientBase, 'query'> = pool): Promise<boolean> {
    const { rowCount } = await db.query(text, values)
    return (rowCount ?? 0) > 0
  }

  const noted = createNotedChange(pool, onAudit)

  async function touch(infoHash: string): Promise<void> {
    await pool.query('update torrents set last_accessed = now() where info_hash = $1', [infoHash])
  }

  return {
    register: (infoHash, registration) => registerTorrent(pool, infoHash, registration),
    findCoverage: (tracks, without = []) => findCoverage(pool, tracks, without),
    async hold(infoHash, ticketId) {
      await pool.query(HOLD, [infoHash, ticketId])
      const held = await changed('select from torrent_uses where info_hash = $1 and ticket_id = $2', [infoHash, ticketId])
      if (held) await touch(infoHash)
      return held
    },
    touch,
    files: (infoHash, from, limit) => filesOf(pool, infoHash, from, limit),
    find: (infoHash) => findInCatalog(pool, infoHash),
    list: (filter) => listCatalog(pool, filter),
    pin: (infoHash, pinned, note) => noted(async (client) => ((await changed(PIN, [infoHash, pinned], client)) ? [note] : null)),
    retire: (infoHash, noteOf) =>
      noted(async (client) => {
        // Whoever comes to need it either waits from here on, or has come before the statement that looks for such.
        const { rows } = await client.query<Kept>('select status, pinned from torrents where info_hash = $1 for update', [infoHash])
        if (!rows[0] || !(await changed(RETIRE, [infoHash, TERMINAL_STATES], client))) return null
        return rows[0].status === 'removed' ? [] : [noteOf(rows[0])]
      }),
    cleanupCandidates: (bytesToFree) => cleanupCandidates(pool, bytesToFree),
    bytesHeld: () => bytesHeld(pool),
    async noteWish(ticketId, artist, artistKey) {
      await pool.query('insert into artist_wishes (artist_key, ticket_id, artist) values ($1, $2, $3) on conflict do nothing', [
        artistKey,
        ticketId,
        artist,
      ])
    },
    async uncoveredArtists(limit, demand = {}) {
      const { since, minDemand, without } = { ...ANY_DEMAND, ...demand }
      return (await pool.query<UncoveredArtist>(UNCOVERED, [limit, since, minDemand, without, AT_REST])).rows
    },
    isCovered: (artistKey) => changed(COVERED, [artistKey]),
  }
}
