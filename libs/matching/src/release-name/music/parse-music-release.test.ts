import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseMusicRelease } from './parse-music-release.js'

type Row = [name: string, artist: string | undefined, album: string | undefined, facts: object]

const HARBOUR = 'Quiet Harbour'
const LINES = 'Northern Lines'

function reads(rows: Row[]) {
  test.each(rows)('%s', (name, artist, album, facts) => {
    const found = parseMusicRelease(name)
    expect(found).toMatchObject(facts)
    expect({ artist: found.artist, album: found.album }).toEqual({ artist, album })
  })
}

describe('names of the scene', () => {
  reads([
    ['Quiet_Harbour-Northern_Lines-(QH004)-WEB-2019-GRPX', HARBOUR, LINES, { year: 2019, source: 'web', group: 'GRPX' }],
    ['Quiet_Harbour_-_Northern_Lines-CD-FLAC-2004-GRPX', HARBOUR, LINES, { year: 2004, source: 'cd', audio_format: 'flac', group: 'GRPX' }],
    ['VA-Summer_Sounds_2004-2CD-2004-GRPX', 'VA', 'Summer Sounds 2004', { year: 2004, source: 'cd', discs: 2, group: 'GRPX' }],
    [
      'VA_-_Deep_Cuts_Vol.3-(DCLP03)-2LP-FLAC-2011-GRPX_iNT',
      'VA',
      'Deep Cuts Vol.3',
      { year: 2011, source: 'vinyl', discs: 2, group: 'GRPX' },
    ],
    ['Jay-Z-Northern_Lines-CD-2003-GRPX', 'Jay-Z', LINES, { group: 'GRPX' }],
    ['Blink-182-Northern_Lines-WEB-2003-GRPX', 'Blink-182', LINES, { year: 2003 }],
    ['Jay-Z_-_Northern_Lines-CD-FLAC-2003-GRPX', 'Jay-Z', LINES, { year: 2003 }],
    ['Jean-Michel_Dubois-Northern_Lines-CDS-1990-GRPX', 'Jean-Michel Dubois', LINES, { source: 'cd', kinds: ['single'] }],
    ['Quiet_Harbour-Club_Set-SAT-12-03-2009-GRPX', HARBOUR, 'Club Set', { year: 2009, source: 'radio', group: 'GRPX' }],
    ['Quiet_Harbour_-_Live_at_Home-FM-2010-05-06-GRPX', HARBOUR, 'Live at Home', { year: 2010, source: 'radio', group: 'GRPX' }],
    ['Quiet_Harbour-Northern_Lines_EP-WEB-2019-GRPX', HARBOUR, 'Northern Lines EP', { year: 2019 }],
    ['Quiet_Harbour-Live-CD-1999-GRPX', HARBOUR, 'Live', { year: 1999, source: 'cd' }],
    ['Quiet_Harbour-1999-CD-1982-GRPX', HARBOUR, '1999', { year: 1982 }],
    ['Quiet Harbour-Northern Lines-Deluxe Edition-2CD-FLAC-2015-GRPX', HARBOUR, LINES, { editions: ['deluxe'], discs: 2, group: 'GRPX' }],
    ['Quiet_Harbour-Northern_Lines-PROPER-READNFO-DE-CD-2002-GRPX', HARBOUR, LINES, { proper: true, languages: ['de'], group: 'GRPX' }],
    ['Quiet_Harbour-Northern_Lines-REPACK-WEB-FLAC-2022-GRPX-xpost', HARBOUR, LINES, { repack: true, year: 2022, group: 'GRPX' }],
    [
      'Quiet_Harbour-Discography_1998_-_2001-CD-FLAC-GRPX',
      HARBOUR,
      undefined,
      { discography: true, year: 1998, year_to: 2001, group: 'GRPX' },
    ],
  ])
})

describe('names of people', () => {
  reads([
    [
      'Quiet Harbour - Northern Lines (2019) [FLAC 24-96]',
      HARBOUR,
      LINES,
      { year: 2019, audio_format: 'flac', bit_depth: 24, sample_rate: 96_000 },
    ],
    ['Quiet Harbour - 2001 - Northern Lines {QH-CD-1} [EAC FLAC]', HARBOUR, LINES, { year: 2001, audio_format: 'flac' }],
    ['Quiet Harbour - Northern Lines (2020) Mp3 320kbps [PMEDIA]', HARBOUR, LINES, { audio_format: 'mp3', bitrate: 320, group: 'PMEDIA' }],
    ['Quiet Harbour - Northern Lines (2019) [FLAC] somebody88', HARBOUR, LINES, { year: 2019, group: 'somebody88' }],
    [
      'Quiet Harbour - (The Story of) Northern Lines (1995) [V2]',
      HARBOUR,
      '(The Story of) Northern Lines',
      { audio_format: 'mp3', bitrate: 'V2' },
    ],
    ['Quiet Harbour - 1989 (2014) [Deluxe] MP3', HARBOUR, '1989', { year: 2014, audio_format: 'mp3', editions: ['deluxe'] }],
    ['Dr. Quiet - 2001 - FLAC', 'Dr. Quiet', '2001', { audio_format: 'flac' }],
    ['Quiet Harbour - Live North America 2016 (2017) MP3 192kbps', HARBOUR, 'Live North America 2016', { year: 2017, bitrate: 192 }],
    [
      'Quiet Harbour - Northern Lines (Standard Edition) [2016-Web-MP3-V0(VBR)]',
      HARBOUR,
      LINES,
      { year: 2016, source: 'web', bitrate: 'V0' },
    ],
    ['Quiet Harbour - Northern Lines (1973) [DSD64]', HARBOUR, LINES, { year: 1973, audio_format: 'dsd' }],
    [
      'Quiet.Harbour.Northern.Lines.2015.FLAC.24bit.96kHz-GRPX',
      undefined,
      'Quiet Harbour Northern Lines',
      { year: 2015, bit_depth: 24, group: 'GRPX' },
    ],
    ['01 - Quiet Harbour - Northern Lines.mp3', HARBOUR, LINES, { audio_format: 'mp3' }],
    ['Quiet Harbour - Discography (1990-2014) [FLAC]', HARBOUR, undefined, { discography: true, year: 1990, year_to: 2014 }],
    ['Quiet Harbour Discography 1990 - 2014 (12 albums) MP3 320', HARBOUR, undefined, { discography: true, discs: 12, bitrate: 320 }],
    ['静かな港「北の線」[FLAC]', '静かな港', '北の線', { audio_format: 'flac' }],
    ['[150304] 静かな港 - 北の線 (FLAC 24bit/96kHz)', '静かな港', '北の線', { year: 2015, bit_depth: 24, sample_rate: 96_000 }],
  ])
})

describe('names of trackers', () => {
  reads([
    [
      'Quiet Harbour - Northern Lines [2001] [Album] - FLAC / Lossless / Log (100%) / Cue / CD / Gold',
      HARBOUR,
      LINES,
      { year: 2001, audio_format: 'flac', source: 'cd', editions: ['gold'], kinds: ['album'] },
    ],
    [
      '(Heavy Metal) [LP] [24/96] Quiet Harbour - Northern Lines - 1983, FLAC (image+.cue)',
      HARBOUR,
      LINES,
      { source: 'vinyl', year: 1983, bit_depth: 24 },
    ],
    [
      '(Jazz) Quiet Harbour - Northern Lines - 1974 (2002, Decca, Japan, UICY-9151), MP3, 192-320 kbps',
      HARBOUR,
      LINES,
      { year: 1974, bitrate: 320 },
    ],
    [
      '(Rock) Тихая Гавань (Quiet Harbour) - Дискография (12 альбомов) - 1990-2010, MP3, 128-320 kbps',
      'Тихая Гавань',
      undefined,
      { discography: true, discs: 12, year: 1990, year_to: 2010 },
    ],
  ])
})

const anyName = fc.oneof(
  fc.string({ maxLength: 3000, unit: 'grapheme' }),
  fc.string({
    maxLength: 3000,
    unit: fc.constantFrom('-', ' ', '[', '(', ')', ']', '.', '_', 'a', '1', '9', '2004', 'FLAC', '24', 'CD', '"'),
  }),
)

test('any text can be read, twice the same', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      expect(parseMusicRelease(name)).toEqual(parseMusicRelease(name))
    }),
  )
})
