import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { decodeText } from './decode-text.js'
import { findSpan, pickTrack } from './find-span.js'
import { parseCue } from './parse-cue.js'

const folder = useFolder()

const SHEET = `REM GENRE Rock
PERFORMER "The Band"
TITLE "The Album"
FILE "The Band - The Album.wav" WAVE
  TRACK 01 AUDIO
    TITLE "First "Song""
    PERFORMER "The Band"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Second"
    INDEX 00 03:10:20
    INDEX 01 03:12:00
  TRACK 03 AUDIO
    TITLE "Third"
    ISRC XX0000000000
    INDEX 01 07:00:74
`

test('a sheet is read as rippers mean it', () => {
  expect(parseCue(SHEET)).toEqual([
    {
      name: 'The Band - The Album.wav',
      tracks: [
        { number: 1, title: 'First "Song"', performer: 'The Band', start: 0, end: 14_400 },
        { number: 2, title: 'Second', start: 14_400, end: 31_574 },
        { number: 3, title: 'Third', start: 31_574, end: undefined },
      ],
    },
  ])
})

test('what is no audio is no track, and the track before it ends with the gap', () => {
  const text = 'FILE a.bin BINARY\nTRACK 1 AUDIO\nINDEX 1 0:0:0\ntrack 2 mode1/2352\nindex 0 1:0:0\nindex 1 1:2:0'
  expect(parseCue(text)).toEqual([{ name: 'a.bin', tracks: [{ number: 1, start: 0, end: 4500 }] }])
})

test.each([
  ['nothing', ''],
  ['another kind of text', '<html>'],
  ['a track without a file', 'TRACK 01 AUDIO\nINDEX 01 00:00:00'],
  ['a track without a place', 'FILE "a" WAVE\nTRACK 01 AUDIO'],
  ['a time that is none', 'FILE "a" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:99:00'],
  ['a place that is none', 'FILE "a" WAVE\nTRACK 01 AUDIO\nINDEX 01 -1:00:00'],
  ['tracks backwards', 'FILE "a" WAVE\nTRACK 01 AUDIO\nINDEX 01 01:00:00\nTRACK 02 AUDIO\nINDEX 01 00:30:00'],
  ['a thousand tracks', `FILE "a" WAVE\n${'TRACK 01 AUDIO\n'.repeat(1000)}`],
  ['lines without end', '\n'.repeat(30_000)],
])('%s is no sheet', (_what, text) => {
  expect(() => parseCue(text)).toThrow(expect.objectContaining({ kind: 'permanent', code: 'cue_invalid' }))
})

test('whatever stands in it, a sheet is read or refused', () => {
  const words = fc.constantFrom(
    'FILE',
    '"a.wav"',
    'WAVE',
    'TRACK',
    '01',
    'AUDIO',
    'INDEX',
    '00:00:00',
    '99:59:74',
    '\n',
    ' ',
    '"',
    '\0',
    'é',
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
      try {
        for (const { tracks } of parseCue(parts.join(' ')))
          for (const { start, end = start + 1 } of tracks) expect(end).toBeGreaterThan(start)
      } catch (error) {
        expect(error).toMatchObject({ code: 'cue_invalid' })
      }
    }),
  )
})

describe('letters of any make', () => {
  test.each([
    ['plain', [0x41, 0x62], 'Ab'],
    ['UTF-8', [...Buffer.from('Björk 電子')], 'Björk 電子'],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x41], 'A'],
    ['UTF-16', [0xff, 0xfe, 0x41, 0, 0x16, 0x04], 'AЖ'],
    ['UTF-16, big end first', [0xfe, 0xff, 0, 0x41, 0x04, 0x16], 'AЖ'],
    ['Western', [...Buffer.from('Björk: Été', 'latin1')], 'Björk: Été'],
    ['Cyrillic', [0xc3, 0xf0, 0xf3, 0xef, 0xef, 0xe0, 0x20, 0xea, 0xf0, 0xee, 0xe2, 0xe8], 'Группа крови'],
    ['Japanese', [0x93, 0x64, 0x8e, 0x71, 0x89, 0xb9, 0x8a, 0x79, 0x82, 0xcc, 0x83, 0x65], '電子音楽のテ'],
  ])('%s', (_what, bytes, text) => {
    expect(decodeText(Buffer.from(bytes))).toBe(text)
  })
})

describe('which part a track is', () => {
  const tracks = parseCue(SHEET)[0]?.tracks ?? []
  test.each([
    ['by number', { number: 2, title: 'Zweites' }, 2],
    ['by name before number', { number: 1, title: 'SECOND!' }, 2],
    ['by number where the name is elsewhere, but of another length', { number: 1, title: 'Second', durationSecs: 190 }, 1],
    ['the last has any length', { number: 3, title: '?', durationSecs: 999 }, 3],
  ])('%s', (_what, wanted, number) => {
    expect(pickTrack(tracks, wanted).number).toBe(number)
  })

  test.each([
    ['a number that is not there', { number: 9, title: 'x' }],
    ['a length that is far off', { number: 1, title: 'First Song', durationSecs: 60 }],
  ])('%s is not guessed at', (_what, wanted) => {
    expect(() => pickTrack(tracks, wanted)).toThrow(expect.objectContaining({ kind: 'permanent', code: 'cue_mismatch' }))
  })

  test('a sheet of one file cuts whatever lies beside it, one of more files only its own', async () => {
    const sheet = join(folder.path, 'a.cue')
    await writeFile(sheet, SHEET)
    expect(await findSpan(sheet, '/x/renamed.flac', { number: 2, title: 'Second' }, PROGRAMS)).toEqual({ from: 14_400, to: 31_574 })
    await writeFile(sheet, `${SHEET}\nFILE "D:\\rips\\Other.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:10:00`)
    expect(await findSpan(sheet, '/x/other.flac', { number: 1, title: 'x' }, PROGRAMS)).toEqual({ from: 750, to: undefined })
    await expect(findSpan(sheet, '/x/renamed.flac', { number: 1, title: 'x' }, PROGRAMS)).rejects.toMatchObject({ code: 'cue_invalid' })
  })

  test('a sheet in the tags of the disc serves, too', async () => {
    const disc = await makeTone(join(folder.path, 'disc.flac'), { seconds: 1, more: ['-metadata', `CUESHEET=${SHEET}`] })
    expect(await findSpan(disc, disc, { number: 2, title: 'Second' }, PROGRAMS)).toEqual({ from: 14_400, to: 31_574 })
    const bare = await makeTone(join(folder.path, 'bare.flac'), { seconds: 1 })
    await expect(findSpan(bare, bare, { number: 1, title: 'x' }, PROGRAMS)).rejects.toMatchObject({ code: 'cue_invalid' })
  })

  test('a sheet that is gone or huge is refused', async () => {
    await expect(findSpan(join(folder.path, 'none.cue'), '/x/a.flac', { number: 1, title: '' }, PROGRAMS)).rejects.toMatchObject({
      name: 'StageError',
    })
    const huge = join(folder.path, 'huge.cue')
    await writeFile(huge, Buffer.alloc(600_000, 0x20))
    await expect(findSpan(huge, '/x/a.flac', { number: 1, title: '' }, PROGRAMS)).rejects.toMatchObject({ code: 'cue_invalid' })
  })
})
