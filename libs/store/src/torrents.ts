import { TERMINAL_STATES } from '@torrentino/domain'
import type { PrismaClient } from './generated/client.js'

export type TorrentStatus = 'downloading' | 'seeding' | 'goal_met' | 'removed'

export interface StoredTorrent {
  infoHash: string
  name: string
  folder: string
  /** Which torrent client has it; null where none was chosen yet. */
  client: string | null
  status: TorrentStatus
  sizeBytes: number
  magnetUri: string | null
  /** Paths of the files that are wanted, and complete while it is seeding or has met its goal. */
  wanted: string[]
  ratio: number
  /** When it was complete for the first time; a ticket may have wanted more of it since. */
  completedAt: Date | null
  goalMetAt: Date | null
  /** Kept whatever it has given back. */
  pinned: boolean
  /** What the indexer demands. */
  minRatio: number | null
  minSeedTimeSecs: number | null
  /** How long it was seeded, not counting what its client was away. */
  seededSecs: number
}

/** How it came to us, with its .torrent where there was one, which may be large. */
export interface NewTorrent extends Pick<StoredTorrent, 'infoHash' | 'name' | 'folder' | 'magnetUri'> {
  torrentFile: Uint8Array | null
}

export interface GivenBack {
  infoHash: string
  ratio: number
  seededSecs: number
}

export interface Torrents {
  find(infoHash: string): Promise<StoredTorrent | null>
  torrentFile(infoHash: string): Promise<Uint8Array | null>
  /** Notes that the ticket needs the torrent, making the row when it is new. */
  use(torrent: NewTorrent, ticketId: string): Promise<void>
  update(infoHash: string, change: Partial<Omit<StoredTorrent, 'infoHash'>>): Promise<void>
  /** Gives it to a client, where it has the one still that the caller saw; else nothing changes and it is false. */
  assign(infoHash: string, home: { client: string; folder: string }, seen: string | null): Promise<boolean>
  /** How many torrents that tickets wait for each client is loading. */
  loadingByClient(): Promise<Map<string, number>>
  /** What was given back of each so far; never less than was noted before. */
  noteGiven(given: readonly GivenBack[]): Promise<void>
  /** Only while it has one of the named ones: what came in between, a removal for one, stands. */
  updateStatus(infoHash: string, status: TorrentStatus, from: readonly TorrentStatus[]): Promise<boolean>
  /** Which ones the ticket needed and needs no longer; all, but for these. */
  releaseUses(ticketId: string, except?: readonly string[]): Promise<string[]>
  isUsed(infoHash: string): Promise<boolean>
  /** A ticket that somebody waits for, and that is not over, needs it. */
  isAwaited(infoHash: string): Promise<boolean>
  noteWish(infoHash: string, ticketId: string, paths: readonly string[]): Promise<void>
  /** What each ticket that is not over wants of it, null where it has not chosen yet. One that failed keeps its use for a retry. */
  wishes(infoHash: string): Promise<(string[] | null)[]>
  withStatus(status: TorrentStatus): Promise<string[]>
  /** Not complete, in a client, and no ticket is loading it now: they are paused, failed or gone. */
  idle(): Promise<Pick<StoredTorrent, 'infoHash' | 'client' | 'folder'>[]>
  remove(infoHash: string): Promise<void>
}

/** One statement, so that nobody finds a row that no ticket needs. */
const USE = `
with torrent as (
  insert into torrents (info_hash, name, folder, status, size_bytes, magnet_uri, torrent_file, wanted)
  values ($1, $2, $3, 'downloading', 0, $4, $5, '[]')
  on conflict (info_hash) do update set magnet_uri = coalesce(excluded.magnet_uri, torrents.magnet_uri),
    torrent_file = coalesce(excluded.torrent_file, torrents.torrent_file)
)
insert into torrent_uses (info_hash, ticket_id) values ($1, $6::uuid) on conflict do nothing`

const LOADING = `
select client, count(*)::int as count from torrents t
where status = 'downloading' and client is not null and exists (select from torrent_uses u where u.info_hash = t.info_hash)
group by client`

const IDLE = `
select info_hash as "infoHash", client, folder from torrents t
where status = 'downloading' and client is not null and not exists (
  select from torrent_uses u join tickets k on k.id = u.ticket_id
  where u.info_hash = t.info_hash and k.state = 'downloading' and not k.state_data ? 'paused'
)`

/** What is only kept is wanted by nobody before it is there. */
const WISHES = `
select case when k.request ? 'keep_only' then '[]'::jsonb else u.wanted end as paths
from torrent_uses u left join tickets k on k.id = u.ticket_id
where u.info_hash = $1 and coalesce(k.state, '') <> all($2::text[])`

const NOTE_GIVEN = `
update torrents t set ratio = greatest(t.ratio, g.ratio), seeded_secs = greatest(t.seeded_secs, g."seededSecs")
from jsonb_to_recordset($1::jsonb) as g("infoHash" text, ratio float8, "seededSecs" int)
where t.info_hash = g."infoHash" and (g.ratio > t.ratio or g."seededSecs" > t.seeded_secs)`

export function createTorrents(prisma: PrismaClient): Torrents {
  return {
    async find(infoHash) {
      const row = await prisma.torrent.findUnique({ where: { infoHash }, omit: { torrentFile: true } })
      return row ? toStored(row) : null
    },
    async torrentFile(infoHash) {
      const row = await prisma.torrent.findUnique({ where: { infoHash }, select: { torrentFile: true } })
      return row?.torrentFile ?? null
    },
    async use({ infoHash, name, folder, magnetUri, torrentFile }, ticketId) {
      const bytes = torrentFile ? new Uint8Array(torrentFile) : null
      await prisma.$executeRawUnsafe(USE, infoHash, name, folder, magnetUri, bytes, ticketId)
    },
    async update(infoHash, change) {
      await prisma.torrent.updateMany({ where: { infoHash }, data: change })
    },
    async assign(infoHash, home, seen) {
      const { count } = await prisma.torrent.updateMany({ where: { infoHash, client: seen }, data: home })
      return count > 0
    },
    async loadingByClient() {
      const rows = await prisma.$queryRawUnsafe<{ client: string; count: number }[]>(LOADING)
      return new Map(rows.map(({ client, count }) => [client, count]))
    },
    async noteGiven(given) {
      if (given.length > 0) await prisma.$executeRawUnsafe(NOTE_GIVEN, JSON.stringify(given))
    },
    async updateStatus(infoHash, status, from) {
      const { count } = await prisma.torrent.updateMany({ where: { infoHash, status: { in: [...from] } }, data: { status } })
      return count > 0
    },
    async releaseUses(ticketId, except = []) {
      const where = { ticketId, infoHash: { notIn: [...except] } }
      const uses = await prisma.torrentUse.findMany({ where })
      await prisma.torrentUse.deleteMany({ where })
      return uses.map((use) => use.infoHash)
    },
    async isUsed(infoHash) {
      return (await prisma.torrentUse.findFirst({ where: { infoHash } })) !== null
    },
    async isAwaited(infoHash) {
      const rows = await prisma.$queryRaw<unknown[]>`
        select 1 from torrent_uses u join tickets k on k.id = u.ticket_id
        where u.info_hash = ${infoHash} and k.state <> all(${[...TERMINAL_STATES]}::text[]) and k.request -> 'keep_only' is null limit 1`
      return rows.length > 0
    },
    async noteWish(infoHash, ticketId, paths) {
      await prisma.torrentUse.updateMany({ where: { infoHash, ticketId }, data: { wanted: [...paths] } })
    },
    async wishes(infoHash) {
      const rows = await prisma.$queryRawUnsafe<{ paths: string[] | null }[]>(WISHES, infoHash, TERMINAL_STATES)
      return rows.map(({ paths }) => paths)
    },
    async withStatus(status) {
      const rows = await prisma.torrent.findMany({ where: { status }, select: { infoHash: true } })
      return rows.map(({ infoHash }) => infoHash)
    },
    idle: () => prisma.$queryRawUnsafe(IDLE),
    async remove(infoHash) {
      await prisma.$transaction([
        prisma.torrentContent.deleteMany({ where: { infoHash } }),
        prisma.torrent.deleteMany({ where: { infoHash } }),
      ])
    },
  }
}

type Row = Omit<StoredTorrent, 'status' | 'sizeBytes' | 'wanted'> & {
  status: string
  sizeBytes: bigint
  warmedBytes: bigint | null
  wanted: unknown
}

function toStored({ warmedBytes: _counted, ...row }: Row): StoredTorrent {
  return { ...row, status: row.status as TorrentStatus, sizeBytes: Number(row.sizeBytes), wanted: row.wanted as string[] }
}
