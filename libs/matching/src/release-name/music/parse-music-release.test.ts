import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { countPatterns, endlessRepeats } from '../../testing/pattern-work.js'
import { parseMusicRelease } from './parse-music-release.js'
import { MAX_NAME } from './plain-form.js'

const words = fc.array(fc.constantFrom('Quiet', 'Harbour', 'Lanterns', 'Über', 'Тихая', '静か', 'Étude', 'No9', 'and'), {
  minLength: 1,
  maxLength: 4,
})
const year = fc.integer({ min: 1950, max: 2030 }).map(String)
const pieces = [
  '-',
  ' - ',
  ' ',
  '[',
  ']',
  '(',
  ')',
  '{',
  '.',
  '_',
  '+',
  '/',
  '~',
  '"',
  '「',
  'a',
  '1',
  '9',
  '24',
  '2004',
  '320',
  'FLAC',
  'kbps',
  'CD',
  'V0',
  '%20',
  'www.',
  '&amp;',
]
const anyName = fc.oneof(
  fc.string({ maxLength: 10_000, unit: 'grapheme' }),
  fc.string({ maxLength: 10_000, unit: fc.constantFrom(...pieces) }),
  fc
    .tuple(fc.constantFrom(...pieces, 'Album '), fc.integer({ min: 1, max: 10_000 }))
    .map(([piece, times]) => piece.repeat(times).slice(0, 10_000)),
)

/** Places at which patterns were tried: 100 for each character of the longest name. */
const MAX_WORK = 100 * MAX_NAME

/** One of each form, so that every pattern is met. */
const FORMS = [
  '[01234]-[FULL]-[a.b.flac]-[ Quiet_Harbour-Lanterns-CD-FLAC-2004-GRPX ]-[00/12] "x.nfo" yEnc (1/3)',
  '[ www.site.test ] Quiet Harbour "Lanterns" (2004) [FLAC]',
  'Quiet_Harbour-Lanterns_(1999-2004)-2CD-FLAC-2005-GRPX',
  'Quiet_Harbour-Discography_1999-2004-FLAC-2005-GRPX',
  'Quiet Harbour 2004-05-06 Oslo  Lanterns',
  'Quiet Harbour - Lanterns (2004) [Album] [FLAC / Lossless / WEB]',
  '(Rock) [CD] Тихая / Quiet - Lanterns - 2004, FLAC (image+.cue), lossless',
  'VA-Lanterns-(QH012)-CD-24-96-FLAC-05-06-2004-GRPX',
  'Quiet Harbour – Collection (1999–2004) 9 albums V0 q8 7" 25th anniversary',
]

test('any text is read in bounded steps: each pattern repeats without end one thing at most, and is tried on a bounded text', () => {
  const pairs = fc
    .tuple(fc.constantFrom(...pieces), fc.constantFrom(...pieces), fc.constantFrom('', ...pieces))
    .map(([one, two, end]) => `${(one + two).repeat(5_000).slice(0, 490)}${end}`.padEnd(10_000, one))
  const { sources } = countPatterns((work) => {
    for (const form of FORMS) parseMusicRelease(form)
    fc.assert(
      fc.property(fc.oneof(anyName, pairs), (name) => {
        work.characters = 0
        parseMusicRelease(name)
        if (work.characters > MAX_WORK) throw new Error(`${work.characters} characters were read for ${name.slice(0, 50)}`)
      }),
      { numRuns: 200 },
    )
  })
  expect(sources.size).toBeGreaterThan(50)
  expect([...sources].filter((source) => endlessRepeats(source) > 1)).toEqual([])
})

test('any text is read, twice the same, and no further than 500 characters', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const found = parseMusicRelease(name)
      expect(parseMusicRelease(name)).toEqual(found)
      expect(parseMusicRelease(name.slice(0, 500))).toEqual(found)
    }),
  )
})

test('facts are of the known kinds and sizes', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const { year, year_to, bitrate, sample_rate, bit_depth, discs } = parseMusicRelease(name)
      for (const at of [year, year_to]) expect(at === undefined || (at >= 1900 && at < 2100)).toBe(true)
      expect(bitrate === undefined || /^V[0-2]$/.test(String(bitrate)) || (Number(bitrate) >= 32 && Number(bitrate) < 10_000)).toBe(true)
      expect(sample_rate === undefined || (sample_rate >= 10_000 && sample_rate < 1_000_000)).toBe(true)
      expect([undefined, 16, 20, 24, 32]).toContain(bit_depth)
      expect(discs === undefined || (discs > 0 && discs < 1000)).toBe(true)
    }),
  )
})

test('artist and album are made of the words of the name', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const { artist, album } = parseMusicRelease(name)
      const unknown = `${artist ?? ''} ${album ?? ''}`.split(/[^\p{L}\p{N}]+/u).filter((word) => !name.includes(word))
      expect(unknown).toEqual([])
    }),
  )
})

test('the sign between the words does not matter', () => {
  fc.assert(
    fc.property(words, words, year, fc.constantFrom('_', '.'), (artist, album, when, sign) => {
      const found = parseMusicRelease(`${artist.join(sign)}-${album.join(sign)}-WEB-FLAC-${when}-GRPX`)
      const named = { artist: artist.join(' '), album: album.join(' ') }
      expect(found).toEqual({ ...parseMusicRelease(`${named.artist}-${named.album}-WEB-FLAC-${when}-GRPX`), ...named })
      expect(found).toMatchObject({ year: Number(when), source: 'web', audio_format: 'flac', group: 'GRPX' })
    }),
  )
})

test('the form does not matter', () => {
  fc.assert(
    fc.property(words, words, year, (artistWords, albumWords, when) => {
      const [artist, album] = [artistWords.join(' '), albumWords.join(' ')]
      const forms = [
        `${artist} - ${album} (${when}) [FLAC]`,
        `${artist} - ${when} - ${album} [FLAC]`,
        `${artist} - ${album} [${when}, FLAC]`,
        `(Rock) [CD] ${artist} - ${album} - ${when}, FLAC (image+.cue), lossless`,
        `${artist} - ${album} [${when}] [Album] - FLAC / Lossless / Log (100%) / Cue / CD`,
      ]
      for (const form of forms) expect(parseMusicRelease(form)).toMatchObject({ artist, album, year: Number(when), audio_format: 'flac' })
    }),
  )
})
