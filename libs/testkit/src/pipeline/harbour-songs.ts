import { createHash, randomUUID } from 'node:crypto'
import { NewTicket, type Ticket, type Work } from '@torrentino/domain'
import { nameKey } from '@torrentino/matching'
import type { Store } from '@torrentino/store'
import { albumBody, creationOf, sampleTicket } from './tickets.js'

const LOADED_AT = new Date('2026-06-01T00:00:00.000Z')
export const HARBOUR_ARTIST = 'The Tin Lanterns'
const NAMES = ['Low Tide', 'High Tide', 'Harbour Light']

export interface HarbourWish {
  tracks?: number[]
  artist?: string
  album?: string
  format?: 'flac' | 'ogg_vorbis'
  dry_run?: boolean
  keep_only?: true
  work?: Partial<Work>
}

/** A ticket in the middle of its search for songs of one album. */
export async function harbourTicket(
  store: Store,
  { tracks = [0, 1, 2], artist = HARBOUR_ARTIST, album, format = 'ogg_vorbis', dry_run = false, keep_only, work = {} }: HarbourWish = {},
): Promise<Ticket> {
  const body = albumBody({ tracks: tracks.length, folder: `/media/${randomUUID()}` })
  const { ticket_id: _id, ...request } = NewTicket.parse(body)
  for (const [at, track] of request.tracks.entries())
    Object.assign(track, { name: NAMES[tracks[at] ?? 0], catalog_track_id: `x${tracks[at]}`, duration_secs: 200 + (tracks[at] ?? 0) })
  const constraints = { ...request.constraints, format }
  const search = { ...request.search, artist, album, year: undefined }
  const ticket = sampleTicket({
    state: 'searching',
    request: { ...request, search, constraints, dry_run, keep_only, request_scope: 'individual_tracks' },
    work,
  })
  await store.door.write(creationOf(ticket))
  return ticket
}

export interface HarbourTorrent {
  /** Files that earlier tickets were mapped to. */
  confirmed?: number[]
  /** Files that lie on disk. */
  here?: number[]
  extension?: string
  title?: string
}

/** A torrent with all tracks; answers its hash. */
export async function harbourTorrent(
  store: Store,
  {
    confirmed = [0, 1, 2],
    here = [0, 1, 2],
    extension = 'flac',
    title = `${HARBOUR_ARTIST} - Harbour Songs (2019) [FLAC]`,
  }: HarbourTorrent = {},
): Promise<string> {
  const infoHash = createHash('sha1').update(randomUUID()).digest('hex')
  const ticketId = randomUUID()
  await store.torrents.use(
    { infoHash, name: title, folder: '/d', magnetUri: `magnet:?xt=urn:btih:${infoHash}`, torrentFile: null },
    ticketId,
  )
  await store.torrents.releaseUses(ticketId)
  const contents = NAMES.map((trackName, fileIdx) => ({
    ...{ fileIdx, filePath: harbourPath(fileIdx, extension), sizeBytes: 24_000_000 },
    ...{ catalogTrackId: confirmed.includes(fileIdx) ? `t${fileIdx}` : null, durationSecs: null },
    names: {
      artist: HARBOUR_ARTIST,
      album: null,
      trackName,
      artistKey: nameKey(HARBOUR_ARTIST),
      albumKey: null,
      trackKey: nameKey(trackName),
    },
  }))
  await store.catalog.register(infoHash, { name: title, indexer: 'one', minRatio: null, minSeedTimeSecs: null, contents, words: [] })
  const wanted = here.map((at) => harbourPath(at, extension))
  await store.torrents.update(infoHash, { status: 'seeding', completedAt: LOADED_AT, wanted })
  return infoHash
}

export function harbourPath(at: number, extension = 'flac'): string {
  return `Harbour Songs/0${at + 1} - ${NAMES[at]}.${extension}`
}
