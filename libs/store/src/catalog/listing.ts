import type pg from 'pg'
import { toText } from '../json.js'
import { createBinder, decodeKey, encodeKey, listingSql } from '../keyset.js'
import type { TorrentStatus } from '../torrents.js'
import { MAX_WORD } from './register.js'

export interface CatalogTorrent {
  infoHash: string
  name: string
  indexer: string | null
  status: TorrentStatus
  sizeBytes: number
  ratio: number
  minRatio: number | null
  minSeedTimeSecs: number | null
  client: string | null
  seededSecs: number
  pinned: boolean
  addedAt: Date
  lastAccessed: Date
  completedAt: Date | null
  goalMetAt: Date | null
  /** How many tickets need it. */
  uses: number
}

export interface CountedTorrent extends CatalogTorrent {
  filesCount: number
}

export interface CatalogFilter {
  statuses?: TorrentStatus[]
  pinned?: boolean
  /** Beginnings of words that all have to be found. */
  words?: string[]
  limit: number
  after?: string
}

export interface CatalogPage {
  torrents: CatalogTorrent[]
  /** Give it back as `after` for the next page; null on the last one. */
  next: string | null
}

export interface CatalogFile {
  fileIdx: number
  filePath: string
  sizeBytes: number
  artist: string | null
  album: string | null
  trackName: string | null
  durationSecs: number | null
  catalogTrackId: string | null
}

const HASH = /^[0-9a-f]{40}$/
const STATUSES = ['downloading', 'seeding', 'goal_met', 'removed'] as const satisfies TorrentStatus[]

const VIEW = `t.info_hash as "infoHash", t.name, t.indexer, t.client, t.status, t.size_bytes::float8 as "sizeBytes", t.ratio, t.min_ratio as "minRatio",
  t.min_seed_time_secs as "minSeedTimeSecs", t.seeded_secs as "seededSecs", t.pinned, t.added_at as "addedAt", t.last_accessed as "lastAccessed",
  t.completed_at as "completedAt", t.goal_met_at as "goalMetAt", (select count(*)::int from torrent_uses u where u.info_hash = t.info_hash) as uses`
const FILE = `file_idx as "fileIdx", file_path as "filePath", size_bytes::float8 as "sizeBytes", artist, album, track_name as "trackName",
  duration_secs as "durationSecs", catalog_track_id as "catalogTrackId"`

/** Newest first. What is found by words, or pinned, is sorted; else the list is read in its order. */
export function catalogListing(filter: CatalogFilter): { text: string; values: unknown[] } {
  const { values, bind } = createBinder()
  const where = filter.pinned === undefined ? [] : [`pinned = ${bind(filter.pinned)}`]
  if (filter.after !== undefined) {
    const { at, id } = decodeKey(filter.after, HASH)
    where.push(`(added_at, info_hash) < (${bind(at)}::timestamptz, ${bind(id)})`)
  }
  const statuses = filter.statuses?.length ? filter.statuses : STATUSES
  const listing = { columns: 'info_hash, added_at', order: ['added_at', 'info_hash'] as [string, string], descending: true, offset: 0 }
  const { limit, words } = filter
  const sorted = [
    ...(words?.length ? [`search @@ ${bind(tsquery(words))}::tsquery`] : []),
    // Pinned by hand, so few; among all others they would have to be looked for.
    ...(filter.pinned ? ['pinned'] : []),
  ]
  const found = sorted.length
    ? `with found as materialized (select info_hash, added_at, pinned from torrents
         where ${sorted.join(' and ')} and status = any(${bind(statuses)}))
       ${listingSql({ ...listing, table: 'found', where, limit }, bind)}`
    : listingSql({ ...listing, table: 'torrents', oneOf: { column: 'status', values: statuses }, where, limit }, bind)
  const text = `select ${VIEW} from (${found}) as page join torrents t using (info_hash) order by t.added_at desc, t.info_hash desc`
  return { text, values }
}

/** Beginnings of words; as lexemes they are quoted, so nothing in them is read as an operator. */
function tsquery(words: string[]): string {
  return words.map((word) => `'${toText(word, MAX_WORD).replace(/['\\]/g, '$&$&')}':*`).join(' & ')
}

export async function listCatalog(pool: pg.Pool, filter: CatalogFilter): Promise<CatalogPage> {
  if (filter.words?.length === 0) return { torrents: [], next: null }
  const { text, values } = catalogListing(filter)
  const { rows } = await pool.query<CatalogTorrent>(text, values)
  const torrents = rows.slice(0, filter.limit)
  const last = torrents.at(-1)
  return { torrents, next: rows.length > filter.limit && last ? encodeKey(last.addedAt, last.infoHash) : null }
}

export async function findInCatalog(pool: pg.Pool, infoHash: string): Promise<CountedTorrent | null> {
  const { rows } = await pool.query<CountedTorrent>(
    `select ${VIEW}, (select count(*)::int from torrent_contents c where c.info_hash = t.info_hash) as "filesCount"
     from torrents t where t.info_hash = $1`,
    [infoHash],
  )
  return rows[0] ?? null
}

export async function filesOf(pool: pg.Pool, infoHash: string, from: number, limit: number): Promise<CatalogFile[]> {
  const { rows } = await pool.query<CatalogFile>(
    `select ${FILE} from torrent_contents where info_hash = $1 and file_idx >= $2 order by file_idx limit $3`,
    [infoHash, from, limit],
  )
  return rows
}
