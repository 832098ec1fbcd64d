import type pg from 'pg'
import { toJson } from '../json.js'
import type { TorrentStatus } from '../torrents.js'

/** A track that a ticket wants, with its names as they are compared. */
export interface WantedTrack {
  id: string
  artistKey: string
  albumKey: string | null
  trackKey: string
  durationSecs: number | null
}

export interface CoveredTrack {
  id: string
  fileIdx: number
  filePath: string
  sizeBytes: number
  /** An earlier ticket took the file for this track; else only its path says so. */
  confirmed: boolean
  /** It lies on disk. */
  here: boolean
}

/** What one known torrent has of the wanted tracks, each file for one track only. */
export interface Cover {
  infoHash: string
  name: string
  status: TorrentStatus
  tracks: CoveredTrack[]
  /** None of these files has to be fetched. */
  complete: boolean
  bytesToFetch: number
}

interface HitRow {
  nr: number
  infoHash: string
  name: string
  status: TorrentStatus
  fileIdx: number
  filePath: string
  sizeBytes: number
  confirmed: boolean
  here: boolean
}

const MAX_TORRENTS = 20
/** Of pairs of a wanted track and a file: a thousand tracks of one name would make a million with a thousand files that bear it. */
export const MAX_PAIRS = 50_000
/** Recordings of one song differ by more, copies of one recording by less. */
const TOLERANCE_SECS = 5

const NEAR = `(w.duration is null or c.duration_secs is null or abs(w.duration - c.duration_secs) <= ${TOLERANCE_SECS})`

/**
 * Ids are the consumers' own, and two may use the same for different tracks: so an id counts only together with artist, name
 * and length of the track; it makes up for an album that is written differently.
 */
export const COVERAGE = `
with wanted as (
  select * from jsonb_to_recordset($1::jsonb) as w(nr int, id text, "artistKey" text, "albumKey" text, "trackKey" text, duration float8)
), hits as (
  select w.nr, c.info_hash, c.file_idx from wanted w join torrent_contents c on c.artist_key = w."artistKey" and c.track_key = w."trackKey"
  where ${NEAR} and (
    c.album_key is null or w."albumKey" is null or c.album_key = w."albumKey"
    or c.catalog_track_id = w.id and w.duration is not null and c.duration_secs is not null
  )
  limit ${MAX_PAIRS}
), best as (
  select h.info_hash, t.name, t.status, t.wanted, t.status in ('seeding', 'goal_met') as complete
  from hits h join torrents t on t.info_hash = h.info_hash
  where t.status in ('downloading', 'seeding', 'goal_met') and t.info_hash <> all($2::text[])
  group by h.info_hash, t.info_hash
  order by count(distinct h.nr) desc, complete desc, h.info_hash
  limit ${MAX_TORRENTS}
)
select h.nr, b.info_hash as "infoHash", b.name, b.status, c.file_idx as "fileIdx", c.file_path as "filePath",
  c.size_bytes::float8 as "sizeBytes", c.catalog_track_id is not null as confirmed, b.complete and b.wanted ? c.file_path as here
from best b join hits h on h.info_hash = b.info_hash
  join torrent_contents c on c.info_hash = h.info_hash and c.file_idx = h.file_idx`

export function coverageValues(tracks: readonly WantedTrack[], without: readonly string[]): unknown[] {
  const wanted = tracks.map(({ durationSecs, ...track }, nr) => ({ ...track, nr, duration: durationSecs }))
  return [toJson(wanted), without]
}

/** The best first: the most tracks in one torrent, then what is complete, then the fewest bytes to fetch. */
export async function findCoverage(pool: pg.Pool, tracks: readonly WantedTrack[], without: readonly string[]): Promise<Cover[]> {
  if (tracks.length === 0) return []
  const { rows } = await pool.query<HitRow>({ name: 'catalog-coverage', text: COVERAGE, values: coverageValues(tracks, without) })
  const byTorrent = new Map<string, HitRow[]>()
  for (const row of rows) {
    const hits = byTorrent.get(row.infoHash)
    if (hits) hits.push(row)
    else byTorrent.set(row.infoHash, [row])
  }
  return [...byTorrent.values()].map((hits) => coverOf(hits, tracks)).sort(compareCovers)
}

function coverOf(hits: HitRow[], tracks: readonly WantedTrack[]): Cover {
  const [{ infoHash, name, status }] = hits as [HitRow]
  const chosen = chooseFiles(hits, tracks)
  const missing = chosen.filter(({ here }) => !here)
  const bytesToFetch = missing.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return { infoHash, name, status, tracks: chosen, complete: missing.length === 0, bytesToFetch }
}

/** A file that is there before one to fetch, a confirmed one before another, then the larger one; each only once. */
function chooseFiles(hits: HitRow[], tracks: readonly WantedTrack[]): CoveredTrack[] {
  const ordered = hits.toSorted(
    (a, b) =>
      Number(b.here) - Number(a.here) || Number(b.confirmed) - Number(a.confirmed) || b.sizeBytes - a.sizeBytes || a.fileIdx - b.fileIdx,
  )
  const taken = new Set<number>()
  return tracks.flatMap(({ id }, nr) => {
    const hit = ordered.find((row) => row.nr === nr && !taken.has(row.fileIdx))
    if (!hit) return []
    taken.add(hit.fileIdx)
    const { fileIdx, filePath, sizeBytes, confirmed, here } = hit
    return [{ id, fileIdx, filePath, sizeBytes, confirmed, here }]
  })
}

function compareCovers(a: Cover, b: Cover): number {
  return (
    b.tracks.length - a.tracks.length ||
    Number(b.complete) - Number(a.complete) ||
    a.bytesToFetch - b.bytesToFetch ||
    (a.infoHash < b.infoHash ? -1 : 1)
  )
}
