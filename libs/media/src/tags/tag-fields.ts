import type { AudioTags, Loudness, TagSet } from './audio-tags.js'
import { replayGain } from './gain.js'

/** One field by its name in each of the three families. */
export interface NamedField {
  vorbis: string
  /** A frame, `TXXX:` and a description, or `UFID:` and an owner. */
  id3: string
  /** An atom, or `----:` and a name under com.apple.iTunes. */
  mp4: string
  values: readonly string[]
}

type Row = [vorbis: string, id3: string, mp4: string, of: (tags: AudioTags) => undefined | string | number | readonly string[]]

/** The names are those that MusicBrainz Picard writes, which is what players look for. */
const ROWS: Row[] = [
  ['TITLE', 'TIT2', '\u00a9nam', (tags) => tags.title],
  ['ARTIST', 'TPE1', '\u00a9ART', (tags) => tags.artist],
  ['ARTISTS', 'TXXX:ARTISTS', '----:ARTISTS', (tags) => tags.artists],
  ['ALBUM', 'TALB', '\u00a9alb', (tags) => tags.album],
  ['ALBUMARTIST', 'TPE2', 'aART', (tags) => tags.albumArtist],
  ['DATE', 'TDRC', '\u00a9day', (tags) => tags.year],
  ['GENRE', 'TCON', '\u00a9gen', (tags) => tags.genre],
  ['MUSICBRAINZ_TRACKID', 'UFID:http://musicbrainz.org', '----:MusicBrainz Track Id', (tags) => tags.musicbrainz?.recording],
  [
    'MUSICBRAINZ_RELEASETRACKID',
    'TXXX:MusicBrainz Release Track Id',
    '----:MusicBrainz Release Track Id',
    (tags) => tags.musicbrainz?.track,
  ],
  ['MUSICBRAINZ_ALBUMID', 'TXXX:MusicBrainz Album Id', '----:MusicBrainz Album Id', (tags) => tags.musicbrainz?.release],
  [
    'MUSICBRAINZ_RELEASEGROUPID',
    'TXXX:MusicBrainz Release Group Id',
    '----:MusicBrainz Release Group Id',
    (tags) => tags.musicbrainz?.releaseGroup,
  ],
  ['MUSICBRAINZ_ARTISTID', 'TXXX:MusicBrainz Artist Id', '----:MusicBrainz Artist Id', (tags) => tags.musicbrainz?.artists],
  [
    'MUSICBRAINZ_ALBUMARTISTID',
    'TXXX:MusicBrainz Album Artist Id',
    '----:MusicBrainz Album Artist Id',
    (tags) => tags.musicbrainz?.albumArtists,
  ],
]

/** Everything but numbers with totals, and pictures, which each family keeps in its own way. */
export function namedFields({ tags, loudness }: Omit<TagSet, 'picture'>): NamedField[] {
  const fields = ROWS.map(([vorbis, id3, mp4, of]) => ({ vorbis, id3, mp4, values: valuesOf(of(tags)) }))
  return [...fields, ...(loudness ? gainFields(loudness) : [])].filter(({ values }) => values.length > 0)
}

function gainFields(loudness: Loudness): NamedField[] {
  return Object.entries(replayGain(loudness)).map(([name, value]) => ({
    vorbis: name.toUpperCase(),
    id3: `TXXX:${name}`,
    mp4: `----:${name}`,
    values: [value],
  }))
}

function valuesOf(value: undefined | string | number | readonly string[]): string[] {
  const list = typeof value === 'object' ? [...value] : value === undefined ? [] : [String(value)]
  // NUL ends a text, or parts two of them, in more than one family.
  return list.map((text) => text.replaceAll('\0', '')).filter((text) => text !== '')
}
