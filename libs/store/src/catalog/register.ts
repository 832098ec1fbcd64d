import type pg from 'pg'
import { toJson, toText } from '../json.js'

/** A file of a torrent. The names are those of the track that a ticket took it for, else what its path tells; null for what is no audio. */
export interface TorrentContent {
  fileIdx: number
  filePath: string
  sizeBytes: number
  names: TrackNames | null
  /** The track that a ticket took the file for. */
  catalogTrackId: string | null
  durationSecs: number | null
}

export interface TrackNames {
  artist: string
  album: string | null
  trackName: string
  /** The same as they are compared. */
  artistKey: string
  albumKey: string | null
  trackKey: string
}

export interface Registration {
  name: string
  indexer: string | null
  minRatio: number | null
  minSeedTimeSecs: number | null
  contents: TorrentContent[]
  /** What it can be found by. */
  words: string[]
}

const MAX_WORDS = 3000
/** A hash fits. */
export const MAX_WORD = 40

/**
 * An indexer that demands more than was given back has it seeded on. All files the first time, afterwards only what tickets newly took them for. The words grow within bounds: a tsvector has at most
 * a megabyte.
 */
const REGISTER = `
with torrent as (
  update torrents set name = $2, indexer = coalesce($3, indexer), min_ratio = greatest(min_ratio, $4),
    min_seed_time_secs = greatest(min_seed_time_secs, $5), last_accessed = now(),
    status = case when status = 'goal_met' and (ratio < $4 or seeded_secs < $5) then 'seeding' else status end,
    search = case when search is null then array_to_tsvector($6::text[])
      when length(search) < ${MAX_WORDS} then search || array_to_tsvector($6::text[]) else search end
  where info_hash = $1 returning info_hash
), content as (
  select * from jsonb_to_recordset($7::jsonb) as c("fileIdx" int, "filePath" text, "sizeBytes" bigint, artist text, album text,
    "trackName" text, "artistKey" text, "albumKey" text, "trackKey" text, "catalogTrackId" text, "durationSecs" float8)
), added as (
  insert into torrent_contents (info_hash, file_idx, file_path, size_bytes, artist, album, track_name, duration_secs, catalog_track_id,
    artist_key, album_key, track_key)
  select t.info_hash, c."fileIdx", c."filePath", c."sizeBytes", c.artist, c.album, c."trackName", c."durationSecs", c."catalogTrackId",
    c."artistKey", c."albumKey", c."trackKey"
  from torrent t cross join content c where not exists (select from torrent_contents x where x.info_hash = t.info_hash)
  on conflict do nothing
)
update torrent_contents x set artist = c.artist, album = c.album, track_name = c."trackName", duration_secs = c."durationSecs",
  catalog_track_id = c."catalogTrackId", artist_key = c."artistKey", album_key = c."albumKey", track_key = c."trackKey"
from torrent t cross join content c
where x.info_hash = t.info_hash and x.file_idx = c."fileIdx" and c."catalogTrackId" is not null`

/** Again and again for the same torrent, as tickets come to it; calls for one torrent must not meet. */
export async function registerTorrent(pool: pg.Pool, infoHash: string, it: Registration): Promise<void> {
  const words = [...new Set(it.words.map((word) => toText(word, MAX_WORD)))].filter(Boolean).slice(0, MAX_WORDS)
  const contents = it.contents.map(({ names, ...content }) => ({ ...content, ...names }))
  await pool.query({
    name: 'catalog-register',
    text: REGISTER,
    values: [infoHash, it.name, it.indexer, it.minRatio, it.minSeedTimeSecs, words, toJson(contents)],
  })
}
