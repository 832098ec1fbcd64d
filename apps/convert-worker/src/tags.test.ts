import { expect, test } from '@jest/globals'
import { NewTicket } from '@torrentino/domain'
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
    ...{ track: 1, trackTotal: 2, disc: 1, discTotal: 2 },
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
