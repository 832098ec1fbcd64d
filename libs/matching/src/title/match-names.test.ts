import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { matchNames } from './match-names.js'
import { readTitle } from './read-title.js'

function match(artist: string, album: string, title: string) {
  return matchNames({ search: { artist, album, genres: [] } }, readTitle(title))
}

describe('titles of the wanted album', () => {
  test.each([
    ['Radiohead', 'OK Computer', 'Radiohead - OK Computer (1997) [FLAC]'],
    ['Radiohead', 'OK Computer', 'Radiohead - OK Computer [FLAC] {1997, CDNODATA 02} vtwin'],
    ['Radiohead', 'OK Computer', 'Radiohead.OK.Computer.1997.FLAC.24bit-GRP'],
    ['Radiohead', 'OK Computer', 'Radiohead-OK_Computer-CD-FLAC-1997-GRP'],
    ['Radiohead', 'OK Computer', 'Radiohead - 1997 - OK Computer (320 kbps)'],
    ['Radiohead', 'OK Computer', 'Radiohead OK Computer (1997) MP3 320kbps'],
    ['Radiohead', 'OK Computer', 'OK Computer - Radiohead [MP3 V0]'],
    ['Vera Stahl', 'Night', 'Night by Vera Stahl (2014) [FLAC]'],
    ['Sigur Rós', 'Ágætis byrjun', 'Sigur Ros - Agaetis Byrjun (1999) FLAC'],
    ['The Beatles', 'Abbey Road', 'Beatles - Abbey Road (1969) [24-96 Vinyl]'],
    ['Beatles', 'Abbey Road', 'The Beatles - Abbey Road (Remastered 2009)'],
    ['Simon & Garfunkel', 'Bookends', 'Simon and Garfunkel - Bookends (1968)'],
    ["Guns N' Lilies", 'Use Your Delusion II', 'Guns and Lilies - Use Your Delusion 2 (1991) [FLAC]'],
    ['Северный Порт', 'Тихая вода', 'Severnyj Port - Tihaya voda (1994) [FLAC]'],
    ['Severny Port', 'Tikhaya voda', '(Рок) [CD] Северный Порт - Тихая вода - 1994, FLAC (tracks), lossless'],
    ['Северный Порт', 'Тихая вода', 'Северный Порт / Severny Port - Тихая вода / Still Water (1994) FLAC'],
    ['さくらもち', 'ゆめのなか', 'Sakuramochi - Yume no Naka (2008) [FLAC]'],
    ['林小雨', '夜光', 'Lin Xiaoyu - Ye Guang (2011) [FLAC]'],
    ['فيروز', 'بيروت', 'Fairouz - Beirut (1999) [MP3 320]'],
    ['!!!', 'Shake the Room', '!!!-Shake_The_Room-CD-FLAC-2004-GRP'],
    ['+/-', 'Rebuild the Fire', '+/- - Rebuild The Fire (2008) [FLAC]'],
    ['Hlíð', '( )', 'Hlíð - ( ) (2002) [FLAC]'],
    ['N/A/V', 'A/B', 'NAV - A-B (2018) [FLAC]'],
    ['Lowell Hart', 'Lowell Hart', 'Lowell Hart - S/T (1973) FLAC'],
    ['Various Artists', 'Sounds of the Estuary', 'VA-Sounds_of_the_Estuary-CD-FLAC-2008-GRP'],
    ['The Cartographers', 'Unmapped, Vol. 2', 'The Cartographers - Unmapped Volume II (2001) [FLAC]'],
    ['Oasis', "(What's the Story) Morning Glory?", 'Oasis - (Whats The Story) Morning Glory (1995) [FLAC]'],
    ['Weezer', 'Weezer', 'Weezer - Weezer (1994) [FLAC]'],
    ['Metallica', 'Metallica', 'Metallica (1991) [FLAC]'],
    ['Taylor Swift', '1989', 'Taylor Swift - 1989 (2014) [Deluxe] MP3'],
    ['Van Halen', '1984', 'Van Halen - 1984 [FLAC]'],
    ['Led Zeppelin', 'Led Zeppelin IV', 'Led Zeppelin - Led Zeppelin 4 (1971) FLAC'],
    ['Adele', '21', 'Adele - 21 (2011) 320'],
    ['AC/DC', 'Back in Black', 'AC-DC - Back In Black (1980) [FLAC]'],
    ['P!nk', 'Funhouse', 'Pink - Funhouse 2008 MP3'],
    ['Кино', 'Группа крови', 'Кино - Группа крови (1988) [FLAC]'],
    ['Björk', 'Début', 'Bjork-Debut-(Reissue)-CD-FLAC-1993-FATHEAD'],
    [
      'Godspeed You! Black Emperor',
      'Lift Your Skinny Fists Like Antennas to Heaven',
      'Godspeed You Black Emperor! - Lift Yr. Skinny Fists Like Antennas To Heaven! (2000) [V0]',
    ],
    ['Various Artists', 'Garden State', 'VA - Garden State (2004) [FLAC]'],
    ['Jay-Z feat. Linkin Park', 'Collision Course', 'Jay-Z ft. Linkin Park - Collision Course (2004)'],
    ['Pink Floyd', 'The Wall', 'Pink Floyd - The Wall (Deluxe Edition) [2CD] 1979 FLAC'],
  ])('%s: %s in %s', (artist, album, title) => {
    const found = match(artist, album, title)
    expect(found.artist).toBeGreaterThan(0.85)
    expect(found.album).toBeGreaterThan(0.85)
  })
})

describe('titles of something else', () => {
  test.each([
    ['Radiohead', 'OK Computer', 'Radiohead - Kid A (2000) [FLAC]'],
    ['Radiohead', 'OK Computer', 'Radiohead - Discography (1993-2016) [FLAC]'],
    ['Radiohead', 'OK Computer', 'Easy Star All-Stars - Radiodread (2006)'],
    ['Led Zeppelin', 'Led Zeppelin II', 'Led Zeppelin - Led Zeppelin III (1970) FLAC'],
    ['Led Zeppelin', 'Led Zeppelin', 'Led Zeppelin - Led Zeppelin II (1969) FLAC'],
    ['Adele', '21', 'Adele - 25 (2015)'],
    ['Weezer', 'Weezer', 'Weezer - Pinkerton (1996)'],
    ['Weezer', 'Weezer (Blue Album)', 'Weezer - Weezer (Green Album) (2001)'],
    ['Chicago', 'Greatest Hits', 'Queen - Greatest Hits (1981)'],
    ['Queen', 'Greatest Hits', 'Queen - Greatest Hits II (1991)'],
    ['Queen', 'Jazz', 'Jazz Collection (2004)'],
    ['Tern', 'Arctic', 'Tern Experience - Arctic (2004) [MP3 V0]'],
    ['Северный Порт', 'Тихая вода', 'Severnyj Port - Tihij Chas (1996) [FLAC]'],
    ['!!!', 'Shake the Room', 'Chik Chik Boys - Shake The Room (1993) [FLAC]'],
    ['Salt & Ember', 'Hearth', 'Ember - Hearth (2015) [FLAC]'],
    ['Coldplay', 'Parachutes', 'Super Soul Sounds (1977)'],
    ['Various Artists', 'Garden State', 'Zach Braff - Garden State (2004)'],
  ])('%s: %s is not %s', (artist, album, title) => {
    const found = match(artist, album, title)
    expect(Math.min(found.artist, found.album ?? 0)).toBeLessThan(0.7)
  })
})

describe('what a title says beside names', () => {
  test.each([
    ['A - B (1997) [FLAC]', { formats: ['flac'], lossless: true }, [1997]],
    ['A - B 1997 MP3 320kbps', { formats: ['mp3'], lossless: false, bitrateKbps: 320 }, [1997]],
    ['A - B [V0]', { formats: ['mp3'], lossless: false, bitrateKbps: 245 }, []],
    ['A - B [24bit-96kHz FLAC]', { formats: ['flac'], lossless: true, bitDepth: 24 }, []],
    ['A - B (24-192)', { lossless: undefined, bitDepth: 24 }, []],
    ['A - B (1997, 2009 remaster)', { formats: [] }, [1997, 2009]],
    ['A - 320 (2001)', { bitrateKbps: 320 }, [2001]],
  ])('%s', (title, audio, years) => {
    const facts = readTitle(title)
    expect(facts.audio).toMatchObject(audio)
    expect(facts.years).toEqual(years)
  })

  test('a discography with its years', () => {
    expect(readTitle('Radiohead - Discography (1993 - 2016)')).toMatchObject({ discography: true, span: { from: 1993, to: 2016 } })
  })
})

test('any title can be read, and similarities are shares', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 3000, unit: 'grapheme' }),
    fc.string({ maxLength: 3000, unit: fc.constantFrom('-', ' ', '[', '(', '.', '_', 'a', '1', '9') }),
  )
  fc.assert(
    fc.property(text, fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme' }), (title, name) => {
      const found = matchNames({ search: { artist: name, album: name, genres: [] } }, readTitle(title))
      for (const share of [found.artist, found.album ?? 0]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }
    }),
  )
})
