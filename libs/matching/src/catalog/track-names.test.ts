import { describe, expect, test } from '@jest/globals'
import { NewTicket } from '@torrentino/domain'
import { nameKey, readTrackNames, wantedNames } from './track-names.js'

const BY = { artist: 'The Tin Lanterns', album: 'Harbour Songs' }

describe('names in the catalog', () => {
  test.each([
    ['Harbour Songs, Vol. II', 'harbour songs volume 2'],
    ['Café & Crème', 'Cafe and Creme'],
    ["Don't Look", 'DONT LOOK'],
    ['!!!', ' !!! '],
    ['夜の港', '夜の港'],
  ])('%s is %s', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
    expect(nameKey(one)).not.toBe('')
  })

  test.each([
    ['Night', 'Nights'],
    ['!!!', '???'],
    ['Part 1', 'Part 2'],
  ])('%s is not %s', (one, other) => expect(nameKey(one)).not.toBe(nameKey(other)))

  test('a key is never longer than an index takes', () => {
    expect(Buffer.byteLength(nameKey('𝕏'.repeat(500)))).toBeLessThanOrEqual(800)
  })

  test.each([
    ['Harbour Songs/01 - Low Tide.flac', 'low tide'],
    ['Harbour Songs/The Tin Lanterns - Harbour Songs - 02 - High Tide.mp3', 'high tide'],
    ['The Tin Lanterns - Low Tide.mp3', 'low tide'],
    ['CD1/03. Harbour Songs.flac', 'harbour songs'],
    ['07.flac', undefined],
    ['cover.jpg', undefined],
  ])('%s tells %s', async (path, title) => {
    const file = { path, size_bytes: 9 }
    expect(await readTrackNames([file], BY)).toEqual([title === undefined ? { file } : { file, title }])
  })

  test('only what is requested is asked for', () => {
    const track = (id: string, requested: boolean) => ({
      ...{ catalog_track_id: id, track_number: 1, name: `Low Tide ${id}`, dest_path: `/m/${id}`, requested, duration_secs: 61 },
    })
    const request = NewTicket.parse({ search: { artist: 'The Tin Lanterns' }, tracks: [track('a', true), track('b', false)] })
    expect(wantedNames(request)).toEqual([
      { id: 'a', artistKey: 'the tin lanterns', albumKey: null, trackKey: nameKey('low tide a'), durationSecs: 61 },
    ])
  })
})
