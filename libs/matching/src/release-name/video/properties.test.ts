import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { countPatterns, endlessRepeats } from '../../testing/pattern-work.js'
import { LANGUAGES } from '../tables/languages.js'
import { parseReleaseName } from './parse-release-name.js'
import { AUDIO } from './tables/audio.js'
import { CODECS } from './tables/codecs.js'
import { EDITIONS } from './tables/editions.js'
import { HDR } from './tables/hdr.js'
import type { Row } from './tables/row.js'
import { SOURCES } from './tables/sources.js'
import { MAX_NAME } from './trim-name.js'

const PIECES = [
  '[',
  ']',
  '(',
  ')',
  '.',
  '-',
  '_',
  ' ',
  ',',
  '/',
  '+',
  '&',
  '#',
  '1',
  '07',
  '2019',
  '1080p',
  'S01',
  'E02',
  's1e2',
  '1x',
  'x264',
  'ep',
  'Season ',
  'a',
  'The',
  '第',
  'Д',
  '-GRP',
  'www.',
  '.com',
]
const hostile = fc.oneof(
  fc
    .tuple(fc.constantFrom(...PIECES), fc.constantFrom(...PIECES), fc.constantFrom('', ...PIECES))
    .map(([one, two, end]) => `${(one + two).repeat(5_000)}${end}`.slice(-10_000)),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 3_000 }).map((pieces) => pieces.join('')),
  fc.string({ maxLength: 10_000, unit: 'grapheme' }),
)
const word = fc.stringMatching(/^[A-Z][b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]{1,4}u$/)
const title = fc.array(word, { minLength: 1, maxLength: 4 })
const facts = fc.constantFrom(
  ['2019', '1080p', 'BluRay', 'x264'],
  ['2019', 'PROPER', '720p', 'WEB', 'DL', 'DDP5', '1', 'x265'],
  ['S01E02', '720p', 'HDTV', 'x264'],
  ['S01E02', 'E03', '1080p', 'WEBRip', 'AAC'],
  ['S02', '1080p', 'BluRay'],
  ['Season', '2', '720p', 'WEB'],
  ['2021', '03', '14', '720p', 'HDTV'],
  ['EXTENDED', '2019', 'GERMAN', 'DVDRip', 'XviD'],
)

test('any text has an answer, always the same, in the vocabulary of its fields', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const found = parseReleaseName(name)
      expect(parseReleaseName(name)).toEqual(found)
      expectVocabulary(found)
    }),
    { numRuns: 150 },
  )
})

function expectVocabulary(found: ReturnType<typeof parseReleaseName>): void {
  const of = (rows: Row[]) => rows.map(({ value }) => value)
  if (found.source) expect(of(SOURCES)).toContain(found.source)
  if (found.codec) expect(of(CODECS)).toContain(found.codec)
  if (found.quality) expect(found.quality).toMatch(/^\d{3,4}[pi]$/)
  expect(of(AUDIO)).toEqual(expect.arrayContaining(found.audio))
  expect(of(HDR)).toEqual(expect.arrayContaining(found.hdr))
  expect(of(LANGUAGES)).toEqual(expect.arrayContaining(found.languages))
  expect(of(EDITIONS)).toEqual(expect.arrayContaining(found.editions))
  expect(found.season).toBe(found.seasons[0])
  expect(found.episode).toBe(found.episodes[0])
  for (const number of [...found.seasons, ...found.episodes]) expect(Number.isInteger(number)).toBe(true)
  expect(found.episodes.length).toBeLessThan(3_000)
}

test('the work is bounded: whatever stands behind the longest name is not read', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      expect(parseReleaseName(name)).toEqual(parseReleaseName(name.slice(0, MAX_NAME)))
    }),
    { numRuns: 50 },
  )
})

test('every pattern repeats a bounded number of times and is tried on a bounded text', () => {
  const { sources } = countPatterns((work) => {
    fc.assert(
      fc.property(hostile, (name) => {
        work.characters = 0
        parseReleaseName(name)
        if (work.characters > MAX_WORK) throw new Error(`${work.characters} characters were read for ${name.slice(0, 50)}`)
      }),
      { numRuns: 100 },
    )
  })
  expect(sources.size).toBeGreaterThan(30)
  expect([...sources].filter((source) => endlessRepeats(source) > 0)).toEqual([])
})

/** Places at which patterns were tried: 100 for each character of the longest name. */
const MAX_WORK = 100 * MAX_NAME

test('a title is made of words of the name', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? []
      expect(words(name.slice(0, MAX_NAME)).join('')).toContain(words(parseReleaseName(name).title).join(''))
    }),
    { numRuns: 100 },
  )
})

test('separators change no fact, and endings of files neither', () => {
  fc.assert(
    fc.property(title, facts, fc.constantFrom('mkv', 'mp4', 'avi', 'torrent'), (words, tags, ending) => {
      const named = (sign: string) => [...words, ...tags].join(sign)
      const found = parseReleaseName(named('.'))
      expect(found.title).toBe(words.join(' '))
      expect(parseReleaseName(named(' '))).toEqual(found)
      expect(parseReleaseName(named('_'))).toEqual(found)
      expect(parseReleaseName(`${named('.')}.${ending}`)).toEqual(found)
    }),
  )
})

test('a group behind a hyphen is found whatever stands before it', () => {
  fc.assert(
    fc.property(title, facts, fc.stringMatching(/^[A-Z]{3}[b-df-hj-np-tv-z]{3}[0-9]?$/), (words, tags, group) => {
      const found = parseReleaseName(`${[...words, ...tags].join('.')}-${group}`)
      expect(found).toEqual({ ...parseReleaseName([...words, ...tags].join('.')), group })
    }),
  )
})
