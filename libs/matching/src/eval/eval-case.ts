import type { TicketRequest, TorrentCandidate } from '@torrentino/domain'
import type { MatchRequest } from '../match-request.js'
import type { Album } from './album.js'
import { type EvalFile, sizeOf } from './files.js'

export interface Offer {
  candidate: TorrentCandidate
  /** Its true files, and whether a list can be had of its indexer. */
  files: EvalFile[]
  fetchable: boolean
  /** A careful human would take it. */
  right: boolean
}

export interface EvalCase {
  kind: string
  name: string
  request: MatchRequest
  offers: Offer[]
}

export interface Want {
  artist?: string
  /** null: the ticket names none. */
  title?: string | null
  year?: number | null
  /** Places, from 1 on, of single tracks that are wanted. */
  only?: number[]
  format?: TicketRequest['constraints']['format']
  bitrate?: number
  bitDepth?: 16 | 24
  allowPartial?: boolean
  noLengths?: boolean
  label?: string
  genres?: string[]
}

/** A ticket for the album as its catalogue knows it. */
export function want(album: Album, wish: Want = {}): MatchRequest {
  const title = wish.title === undefined ? album.title : wish.title
  const year = wish.year === undefined ? album.year : wish.year
  return {
    search: {
      artist: wish.artist ?? album.artist,
      ...(title === null ? {} : { album: title }),
      ...(year === null ? {} : { year }),
      ...(wish.label ? { label: wish.label } : {}),
      genres: wish.genres ?? [],
    },
    tracks: album.tracks.map((track, index) => ({
      catalog_track_id: track.id,
      disc_number: track.disc,
      track_number: track.number,
      name: track.name,
      ...(wish.noLengths ? {} : { duration_secs: track.secs }),
      dest_path: `/music/${index + 1}.ogg`,
      requested: wish.only?.includes(index + 1) ?? true,
    })),
    images: [],
    request_scope: wish.only ? 'individual_tracks' : 'full_album',
    constraints: {
      format: wish.format ?? 'ogg_vorbis',
      ...(wish.bitrate ? { bitrate_kbps: wish.bitrate } : {}),
      ...(wish.bitDepth ? { bit_depth: wish.bitDepth } : {}),
      embed_metadata: true,
      embed_cover: true,
      allow_partial: wish.allowPartial ?? false,
    },
  }
}

export interface OfferOptions {
  seeders?: number
  /** Size in MB that the indexer tells, where it is not the sum of the files. */
  mb?: number
  /** The list came with the answer of the search. */
  shown?: boolean
  /** Only a magnet: no list can be had. */
  sealed?: boolean
  fields?: Partial<TorrentCandidate>
}

/** An offer that a careful human would take. */
export const yes = (title: string, files: EvalFile[] | number, options: OfferOptions = {}) => offer(true, title, files, options)
/** One that he would not take. */
export const no = (title: string, files: EvalFile[] | number, options: OfferOptions = {}) => offer(false, title, files, options)

let count = 0

/** `content`: the files, or where only the title is known the size in MB. */
function offer(right: boolean, title: string, content: EvalFile[] | number, options: OfferOptions): Offer {
  count += 1
  const files = typeof content === 'number' ? [] : content
  const size = options.mb ?? (typeof content === 'number' ? content : undefined)
  const candidate: TorrentCandidate = {
    title,
    indexer: 'indexer',
    info_hash: count.toString(16).padStart(40, '0'),
    size_bytes: size === undefined ? sizeOf(files) : size * 1_000_000,
    seeders: options.seeders ?? 8,
    leechers: 1,
    ...(options.shown ? { files: files.map(({ path, size_bytes }) => ({ path, size_bytes })) } : {}),
    ...options.fields,
  }
  return { candidate, files, fetchable: files.length > 0 && !options.sealed, right }
}

export function evalCase(kind: string, name: string, request: MatchRequest, ...offers: Offer[]): EvalCase {
  return { kind, name, request, offers }
}
