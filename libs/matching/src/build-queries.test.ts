import { expect, test } from '@jest/globals'
import type { TicketRequest } from '@torrentino/domain'
import fc from 'fast-check'
import { buildQueries } from './build-queries.js'

type Search = Partial<TicketRequest['search']> & { artist: string }

function queries(search: Search, tracks: string[] = [], scope: TicketRequest['request_scope'] = 'full_album') {
  const items = tracks.map((name, index) => ({
    catalog_track_id: `t${index}`,
    disc_number: 1,
    track_number: index + 1,
    name,
    dest_path: `/m/${index}`,
    requested: name !== 'not wanted',
  }))
  return buildQueries({ search: { genres: [], ...search }, tracks: items, request_scope: scope }).map(
    ({ strategy, text }) => `${strategy}: ${text}`,
  )
}

test.each<[string, Search, string[]]>([
  [
    'an album',
    { artist: 'Radiohead', album: 'OK Computer', year: 1997 },
    [
      'artist_album_year: Radiohead OK Computer 1997',
      'artist_album: Radiohead OK Computer',
      'artist_discography: Radiohead discography',
      'album: OK Computer',
    ],
  ],
  [
    'no year',
    { artist: 'Radiohead', album: 'Kid A' },
    ['artist_album: Radiohead Kid A', 'artist_discography: Radiohead discography', 'album: Kid A'],
  ],
  [
    'accents',
    { artist: 'Sigur Rós', album: 'Ágætis byrjun' },
    [
      'artist_album: Sigur Rós Ágætis byrjun',
      'artist_album_plain: Sigur ros agaetis byrjun',
      'artist_discography: Sigur Rós discography',
      'artist_discography_plain: Sigur ros discography',
      'album: Ágætis byrjun',
      'album_plain: agaetis byrjun',
    ],
  ],
  [
    'self-titled',
    { artist: 'Weezer', album: 'Weezer', year: 1994 },
    ['artist_album_year: Weezer 1994', 'artist_album: Weezer', 'artist_discography: Weezer discography'],
  ],
  [
    'punctuation',
    { artist: 'Oasis', album: "(What's the Story) Morning Glory?" },
    [
      "artist_album: Oasis What's the Story Morning Glory",
      'artist_album_plain: Oasis whats the Story Morning Glory',
      'artist_discography: Oasis discography',
      "album: What's the Story Morning Glory",
      'album_plain: whats the Story Morning Glory',
    ],
  ],
  ['punctuation only', { artist: '!!!', album: 'Louden Up Now' }, ['artist_album: Louden Up Now']],
  ['various artists', { artist: 'Various Artists', album: 'Garden State' }, ['artist_album: Garden State']],
  ['a very short album', { artist: 'Adele', album: '21' }, ['artist_album: Adele 21', 'artist_discography: Adele discography']],
  [
    'no album',
    { artist: 'Björk' },
    ['artist_discography: Björk discography', 'artist_discography_plain: bjork discography', 'artist: Björk', 'artist_plain: bjork'],
  ],
])('%s', (_name, search, expected) => {
  expect(queries(search)).toEqual(expected)
})

test('single tracks are asked for by name, those wanted only, and not all of many', () => {
  const found = queries(
    { artist: 'A', album: 'B C D' },
    ['One', 'not wanted', ...'23456789'.split('').map((n) => `Track ${n}`)],
    'individual_tracks',
  )
  expect(found.slice(0, 2)).toEqual(['artist_album: A B C D', 'artist_track: A One'])
  expect(found.filter((text) => text.startsWith('artist_track'))).toHaveLength(5)
  expect(found.join()).not.toContain('not wanted')
})

test('any names give at least one query, bounded, none twice', () => {
  const name = fc.string({ minLength: 1, maxLength: 500, unit: 'grapheme' }).filter((text) => text.trim() !== '')
  fc.assert(
    fc.property(name, fc.option(name, { nil: undefined }), (artist, album) => {
      const found = buildQueries({ search: { artist, album, genres: [] }, tracks: [], request_scope: 'full_album' })
      expect(found.length).toBeGreaterThan(0)
      expect(new Set(found.map(({ text }) => text.toLowerCase())).size).toBe(found.length)
      for (const { text } of found) expect(text.length).toBeLessThanOrEqual(200)
    }),
  )
})
