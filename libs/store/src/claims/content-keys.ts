import { createHash } from 'node:crypto'
import type { WantedTrack } from '../catalog/coverage.js'

/** What a ticket wants, in numbers: two tickets that share a key want the same track. */
export interface ContentKeys {
  tracks: string[]
  /** Of the artist and the album. Tickets that share a track share one of these. */
  groups: string[]
}

/**
 * The same track is one with the same artist, album and name, or with the same id. Ids are the consumers' own, and two may use the
 * same for different tracks: so an id counts only together with the track's name and that of the artist or the album.
 */
export function contentKeys(tracks: readonly WantedTrack[]): ContentKeys {
  const keys = tracks.flatMap(({ id, artistKey, albumKey, trackKey }) => [
    keyOf('name', artistKey, albumKey ?? '', trackKey),
    keyOf('id', id, trackKey, 'artist', artistKey),
    ...(albumKey === null ? [] : [keyOf('id', id, trackKey, 'album', albumKey)]),
  ])
  const groups = tracks.flatMap(({ artistKey, albumKey }) => [
    keyOf('artist', artistKey),
    ...(albumKey === null ? [] : [keyOf('album', albumKey)]),
  ])
  return { tracks: [...new Set(keys)], groups: [...new Set(groups)] }
}

/** 64 bits, as Postgres writes a bigint. */
function keyOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest().readBigInt64BE().toString()
}
