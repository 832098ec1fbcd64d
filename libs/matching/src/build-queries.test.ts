import { expect, test } from '@jest/globals'
import type { TicketRequest } from '@torrentino/domain'
import fc from 'fast-check'
import { buildQueries } from './build-queries.js'
import { withoutEdition } from './queries/name-forms.js'

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
    'another script',
    { artist: 'Кино', album: 'Чёрный альбом' },
    [
      'artist_album: Кино Чёрный альбом',
      'artist_album_plain: Кино Черный альбом',
      'artist_album_latin: kino chernyy albom',
      'artist_discography: Кино discography',
      'artist_discography_latin: kino discography',
      'album: Чёрный альбом',
      'album_plain: Черный альбом',
      'album_latin: chernyy albom',
    ],
  ],
  [
    'an edition',
    { artist: 'Test Pattern', album: 'Slow Light (Deluxe Edition)', year: 2003 },
    [
      'artist_album_year: Test Pattern Slow Light Deluxe Edition 2003',
      'artist_album: Test Pattern Slow Light Deluxe Edition',
      'artist_album_no_edition: Test Pattern Slow Light',
      'artist_discography: Test Pattern discography',
      'album: Slow Light',
    ],
  ],
  [
    'words that titles leave out',
    { artist: 'The Hook & Line', album: 'Rod and Reel' },
    [
      'artist_album: The Hook & Line Rod and Reel',
      'artist_album_plain: The Hook and Line Rod and Reel',
      'artist_album_bare: Hook Line Rod Reel',
      'artist_discography: The Hook & Line discography',
      'artist_discography_plain: The Hook and Line discography',
      'album: Rod and Reel',
    ],
  ],
  [
    'a label, of many artists',
    { artist: 'VA', album: 'Summer Sampler', label: 'Small Hours Records' },
    ['artist_album: Summer Sampler', 'album_label: Summer Sampler Small Hours Records'],
  ],
  [
    "a label, where the album has its artist's name",
    { artist: 'Weezer', album: 'Weezer', label: 'DGC' },
    ['artist_album: Weezer', 'album_label: Weezer DGC', 'artist_discography: Weezer discography'],
  ],
  [
    'a label that does not help',
    { artist: 'Adele', album: '21', label: 'XL' },
    ['artist_album: Adele 21', 'artist_discography: Adele discography'],
  ],
  [
    'no album',
    { artist: 'Björk' },
    ['artist_discography: Björk discography', 'artist_discography_plain: bjork discography', 'artist: Björk', 'artist_plain: bjork'],
  ],
])('%s', (_name, search, expected) => {
  expect(queries(search)).toEqual(expected)
})

test('fields stand beside the text where they say the same, in the same form', () => {
  const request = {
    search: { artist: 'Sigur Rós', album: 'Takk (Deluxe)', year: 2005, genres: [] },
    tracks: [],
    request_scope: 'full_album' as const,
  }
  expect(buildQueries(request).map(({ strategy, text: _text, ...fields }) => [strategy, fields])).toEqual([
    ['artist_album_year', { artist: 'Sigur Rós', album: 'Takk Deluxe', year: 2005 }],
    ['artist_album', { artist: 'Sigur Rós', album: 'Takk Deluxe' }],
    ['artist_album_plain', { artist: 'Sigur ros', album: 'Takk Deluxe' }],
    ['artist_album_no_edition', { artist: 'Sigur Rós', album: 'Takk' }],
    ['artist_album_no_edition_plain', { artist: 'Sigur ros', album: 'Takk' }],
    ['artist_discography', {}],
    ['artist_discography_plain', {}],
    ['album', {}],
  ])
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

test('single tracks are asked for without who else sings and which edition it is', () => {
  const found = queries({ artist: 'A', album: 'B C D' }, ['One (feat. Somebody)', 'Two - 2011 Remaster', 'Три'], 'individual_tracks')
  expect(found.filter((text) => text.startsWith('artist_track'))).toEqual([
    'artist_track: A One',
    'artist_track: A Two',
    'artist_track: A Три',
    'artist_track_latin: A tri',
  ])
})

test.each([
  ['Slow Light (2011 Remaster)', 'Slow Light'],
  ['Slow Light [Super Deluxe Edition]', 'Slow Light'],
  ['Slow Light - 20th Anniversary Edition', 'Slow Light'],
  ['Slow Light Deluxe', 'Slow Light'],
  ['Slow Light (Live at Home)', 'Slow Light (Live at Home)'],
  ['1989', '1989'],
  ['Deluxe', 'Deluxe'],
  ['Limited Edition', 'Limited Edition'],
  ['Version', 'Version'],
  ['Class of 1984', 'Class of 1984'],
])('%s without its edition: %s', (name, base) => {
  expect(withoutEdition(name)).toBe(base)
})

test('names of any length are read in time', () => {
  for (const text of ['('.repeat(50_000), 'the '.repeat(20_000), 'a & '.repeat(20_000), 'deluxe '.repeat(20_000), '([{'.repeat(20_000)])
    expect(queries({ artist: text, album: text, label: text }).length).toBeLessThanOrEqual(15)
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
