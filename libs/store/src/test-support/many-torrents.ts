/** A catalog as years of use leave it. Ids of tracks are the same few again and again, as consumers choose them; some artists are in very many torrents. */
export function manyTorrentsSql(torrents: number, filesEach: number): string[] {
  const hash = (n: string) => `lpad(to_hex(${n}), 40, '0')`
  const artist = `case when n % 20 = 0 then 'artist 0' else 'artist ' || n % ${Math.ceil(torrents / 10)} end`
  return [
    `insert into torrents (info_hash, name, folder, status, size_bytes, wanted, ratio, pinned, added_at, last_accessed, completed_at, search)
     select ${hash('n')}, 'Album ' || n, '/d', case when n % 50 = 1 then 'downloading' when n % 10 < 6 then 'goal_met' else 'seeding' end,
       5e8, jsonb_build_array('a/1.flac', 'a/2.flac'), 1, n % 1000 = 3, timestamptz '2024-01-01' + n * interval '10 min',
       timestamptz '2025-01-01' + n * 7919 % ${torrents} * interval '1 min', timestamptz '2024-01-02',
       array_to_tsvector(array(select distinct word from unnest(array['common', 'album', 'album' || n, 'artist' || n % ${Math.ceil(torrents / 10)}])
         as word union select 'song' || (n * 31 + f) % 5000 from generate_series(1, ${filesEach}) f))
     from generate_series(1, ${torrents}) n`,
    `insert into torrent_contents (info_hash, file_idx, file_path, size_bytes, artist, track_name, catalog_track_id, artist_key, album_key,
       track_key)
     select ${hash('n')}, f, 'a/' || f || '.flac', 3e7, 'Artist', 'Song', case when f % 5 = 0 then 't' || f end, ${artist},
       case when f % 5 = 0 then 'album ' || n end, case when f < ${filesEach} then 'song ' || (n * 31 + f) % 5000 end
     from generate_series(1, ${torrents}) n, generate_series(1, ${filesEach}) f`,
    `insert into torrent_uses select ${hash('n')}, gen_random_uuid() from generate_series(1, ${torrents}, 3) n`,
    'analyze torrents',
    'analyze torrent_contents',
    'analyze torrent_uses',
  ]
}

export const CATALOG_TABLES = ['torrents', 'torrent_contents', 'torrent_uses']
