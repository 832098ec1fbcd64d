import type { TorrentFile } from '@torrentino/domain'
import type { MatchRequest } from '../match-request.js'

export interface Wish {
  artist: string
  album?: string
  year?: number
  tracks?: string[]
  /** Length of each track; none told when absent. */
  secs?: number
  format?: MatchRequest['constraints']['format']
  scope?: MatchRequest['request_scope']
  allowPartial?: boolean
  /** Numbers of the tracks that are requested; all when absent. */
  only?: number[]
}

/** A request with what a test says and the rest as a ticket has it by default. */
export function sampleRequest(wish: Wish): MatchRequest {
  const tracks = wish.tracks ?? [
    'Opening',
    'Second Thoughts',
    'Paper Planes',
    'Quiet Water',
    'Long Way Down',
    'The Lighthouse',
    'Seven Doors',
    'Closing Time',
  ]
  return {
    search: { artist: wish.artist, ...(wish.album ? { album: wish.album } : {}), ...(wish.year ? { year: wish.year } : {}), genres: [] },
    tracks: tracks.map((name, index) => ({
      catalog_track_id: `t${index + 1}`,
      disc_number: 1,
      track_number: index + 1,
      name,
      ...(wish.secs ? { duration_secs: wish.secs } : {}),
      dest_path: `/media/${index + 1}.ogg`,
      requested: wish.only?.includes(index + 1) ?? true,
    })),
    images: [],
    request_scope: wish.scope ?? 'full_album',
    constraints: {
      format: wish.format ?? 'ogg_vorbis',
      embed_metadata: true,
      embed_cover: true,
      allow_partial: wish.allowPartial ?? false,
    },
  }
}

/** A torrent's list of files for the tracks, as rippers name them. */
export function sampleFiles(names: string[], folder = 'Album', extension = 'flac', bytes = 25_000_000): TorrentFile[] {
  return names.map((name, index) => ({
    path: `${folder}/${String(index + 1).padStart(2, '0')} - ${name}.${extension}`,
    size_bytes: bytes + index,
  }))
}
