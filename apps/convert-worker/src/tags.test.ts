import { expect, test } from '@jest/globals'
import { NewTicket, type TrackItem } from '@torrentino/domain'
import { tagsFor } from './tags.js'

const TRACKS = [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 7],
].map(([disc, number]) => ({
  catalog_track_id: `${disc}-${number}`,
  disc_number: disc,
  track_number: number,
  name: `Song ${disc}.${number}`,
  dest_path: `/media/${disc}-${number}.ogg`,
}))

function tags(index: number, embed: object = {}, search: object = { artist: 'Searched', album: 'Found', year: 1999 }) {
  const request = NewTicket.parse({ search, tracks: TRACKS, metadata_to_embed: embed })
  return tagsFor(request, request.tracks[index] as never)
}

test('the album is as the search names it', () => {
  expect(tags(0)).toEqual({
    ...{ title: 'Song 1.1', artist: 'Searched', albumArtist: 'Searched', album: 'Found', year: 1999, genre: undefined },
    ...{ track: 1, trackTotal: 2, disc: 1, discTotal: 2, artists: undefined, musicbrainz: expect.anything() },
  })
})

test('what the ticket says to embed goes before it', () => {
  const embed = { artist: 'A', album: 'B', album_artist: 'C', year: 2001, genre: 'Jazz' }
  expect(tags(0, embed)).toMatchObject({ artist: 'A', album: 'B', albumArtist: 'C', year: 2001, genre: 'Jazz' })
  expect(tags(0, { artist: 'A' })).toMatchObject({ artist: 'A', albumArtist: 'A', album: 'Found' })
})

test('a number is never above its total, also where the ticket has a part of the disc only', () => {
  expect(tags(2)).toMatchObject({ track: 1, trackTotal: 2, disc: 2 })
  expect(tags(3)).toMatchObject({ track: 7, trackTotal: 7, disc: 2, discTotal: 2 })
})

test('what nobody knows is left out', () => {
  expect(tags(0, {}, { artist: 'Searched' })).toMatchObject({ album: undefined, year: undefined, genre: undefined })
})

const ID = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`

test('a track with an artist of its own has nothing of the album artists', () => {
  const embed = { artist: 'Various', artists: ['V1', 'V2'], musicbrainz_artist_ids: [ID(1)], musicbrainz_release_id: ID(2) }
  const request = NewTicket.parse({ search: { artist: 'x' }, tracks: TRACKS, metadata_to_embed: embed })
  const [track] = request.tracks as [TrackItem]
  expect(tagsFor(request, track)).toMatchObject({
    artist: 'Various',
    artists: ['V1', 'V2'],
    musicbrainz: { artists: [ID(1)], release: ID(2) },
  })
  const own = { ...track, artist: 'Guest', musicbrainz_recording_id: ID(3), musicbrainz_artist_ids: [ID(4)] }
  expect(tagsFor(request, own)).toMatchObject({
    ...{ artist: 'Guest', artists: undefined, albumArtist: 'Various' },
    musicbrainz: { recording: ID(3), artists: [ID(4)], release: ID(2) },
  })
})
