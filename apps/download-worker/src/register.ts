import type { Ticket, TrackItem } from '@torrentino/domain'
import { nameKey, type ReadName, readTrackNames, searchWords } from '@torrentino/matching'
import type { TorrentFileStatus } from '@torrentino/providers'
import type { Registration, TorrentContent, TrackNames } from '@torrentino/store'
import type { Choice } from './choose-files.js'
import type { Source } from './find-source.js'

// What was mapped with less than this, and seen by nobody, is not taken for confirmed when another ticket comes.
const CONFIRMED = 0.8

/** What the catalog is told of a torrent whose files this ticket was mapped to. */
export async function registrationOf(
  ticket: Ticket,
  source: Source,
  files: readonly TorrentFileStatus[],
  choice: Choice,
  signal: AbortSignal,
): Promise<Registration> {
  const { search } = ticket.request
  const read = await readTrackNames(files, search, signal)
  const confirmed = confirmedTracks(ticket, choice)
  const contents = files.map((file, at) => contentOf(file, read[at], search, confirmed.get(file.path)))
  const name = ticket.work.magnet_uri === undefined ? source.name : (files[0]?.path.split('/')[0] ?? source.name)
  const { indexer = null, minRatio = null, minSeedTimeSecs = null } = source
  return { name, indexer, minRatio, minSeedTimeSecs, contents, words: wordsOf([source.infoHash, name], contents) }
}

function confirmedTracks({ request, work }: Ticket, { mapping }: Choice): Map<string, TrackItem> {
  const byId = new Map(request.tracks.map((track) => [track.catalog_track_id, track]))
  return new Map(
    mapping.flatMap(({ catalog_track_id, torrent_file_path, confidence }) => {
      const track = byId.get(catalog_track_id)
      return track && (work.human_approved || confidence >= CONFIRMED) ? [[torrent_file_path, track] as const] : []
    }),
  )
}

function contentOf(
  { index, path, size_bytes }: TorrentFileStatus,
  read: ReadName | undefined,
  { artist, album }: Ticket['request']['search'],
  track: TrackItem | undefined,
): TorrentContent {
  const common = { fileIdx: index, filePath: path, sizeBytes: size_bytes }
  if (track)
    return {
      ...common,
      names: namesOf(artist, album ?? null, track.name),
      catalogTrackId: track.catalog_track_id,
      durationSecs: track.duration_secs ?? null,
    }
  // Of another disc or album the artist may have: whoever wants it has it judged by its place.
  const names = read?.title === undefined ? null : namesOf(artist, null, read.title)
  return { ...common, names, catalogTrackId: null, durationSecs: null }
}

function namesOf(artist: string, album: string | null, trackName: string): TrackNames {
  const albumKey = album === null ? null : nameKey(album)
  return { artist, album, trackName, artistKey: nameKey(artist), albumKey, trackKey: nameKey(trackName) }
}

/** Names of tracks come first, as only so many words are kept. */
function wordsOf(first: string[], contents: TorrentContent[]): string[] {
  const names = contents.flatMap(({ names: known }) => (known ? [known.artist, known.album ?? '', known.trackName] : []))
  return [...new Set([...first, ...names])].flatMap(searchWords)
}
