import { describe, expect, test } from '@jest/globals'
import type { ContentItem, TorrentFile } from '@torrentino/domain'
import fc from 'fast-check'
import { mapFiles, mapFilesInTurns } from './map-files.js'

interface Track {
  name: string
  disc?: number
  number?: number
}

function items(tracks: Track[]): ContentItem[] {
  return tracks.map(({ name, disc = 1, number }, index) => ({
    id: `t${index}`,
    index,
    kind: 'track',
    name,
    destPath: `/m/${index}`,
    discNumber: disc,
    trackNumber: number ?? index + 1,
  }))
}

const files = (paths: string[]): TorrentFile[] => paths.map((path) => ({ path, size_bytes: 1000 }))

/** The path of each track, or null. */
function mapped(tracks: Track[], paths: string[], hints = {}) {
  const wanted = items(tracks)
  const { mapping } = mapFiles(wanted, files(paths), hints)
  return wanted.map(({ id }) => mapping.find((entry) => entry.catalog_track_id === id)?.torrent_file_path ?? null)
}

const ROAD = ['Come Together', 'Something', "Maxwell's Silver Hammer", 'Oh! Darling']

describe('names as rippers write them', () => {
  test.each<[string, string[]]>([
    ['number and dash', ['01 - Come Together.flac', '02 - Something.flac', "03 - Maxwell's Silver Hammer.flac", '04 - Oh! Darling.flac']],
    ['number and dot', ['01. Come Together.mp3', '02. Something.mp3', '03. Maxwells Silver Hammer.mp3', '04. Oh Darling.mp3']],
    ['dots for spaces', ['01.Come.Together.mp3', '02.Something.mp3', '03.Maxwells.Silver.Hammer.mp3', '04.Oh.Darling.mp3']],
    [
      'scene',
      [
        '01-the_beatles-come_together.mp3',
        '02-the_beatles-something.mp3',
        '03-the_beatles-maxwells_silver_hammer.mp3',
        '04-the_beatles-oh_darling.mp3',
      ],
    ],
    [
      'scene with disc',
      [
        '101-the_beatles-come_together-grp.mp3',
        '102-the_beatles-something-grp.mp3',
        '103-the_beatles-maxwells_silver_hammer-grp.mp3',
        '104-the_beatles-oh_darling-grp.mp3',
      ],
    ],
    ['artist, album, number, title', ROAD.map((name, index) => `The Beatles - Abbey Road - 0${index + 1} - ${name}.flac`)],
    ['artist and title', ROAD.map((name) => `The Beatles - ${name}.m4a`)],
    ['title and artist', ROAD.map((name) => `${name} - The Beatles.m4a`)],
    ['title by artist', ROAD.map((name) => `${name} by The Beatles.m4a`)],
    ['titles only', ROAD.map((name) => `${name}.opus`)],
    ['numbers only', ['1.flac', '2.flac', '3.flac', '4.flac']],
    ['track and number', ['Track 01.wav', 'Track 02.wav', 'Track 03.wav', 'Track 04.wav']],
    ['number in brackets', ROAD.map((name, index) => `(0${index + 1}) [The Beatles] ${name}.mp3`)],
    ['disc-track', ROAD.map((name, index) => `1-0${index + 1} ${name}.flac`)],
    ['vinyl sides', ['A1 Come Together.flac', 'A2 Something.flac', "A3 Maxwell's Silver Hammer.flac", 'A4 Oh! Darling.flac']],
    ['years and remarks', ROAD.map((name, index) => `0${index + 1} ${name} (2009 Remaster).flac`)],
    [
      'signs that files may not have',
      ['01 Come Together_.mp3', '02 Something.mp3', '03 Maxwell_s Silver Hammer.mp3', '04 Oh_ Darling.mp3'],
    ],
    ['slips of the pen', ['01 Come Togehter.mp3', '02 Somethng.mp3', '03 Maxwels Silver Hammer.mp3', '04 Oh Darlin.mp3']],
    ['capitals', ROAD.map((name, index) => `0${index + 1} ${name.toUpperCase()}.MP3`)],
    ['wrong numbers, right names', ['04 Come Together.mp3', '03 Something.mp3', "02 Maxwell's Silver Hammer.mp3", '01 Oh! Darling.mp3']],
  ])('%s', (_name, paths) => {
    expect(
      mapped(
        ROAD.map((name) => ({ name })),
        [...paths].reverse(),
      ),
    ).toEqual(paths)
  })
})

describe('harder cases', () => {
  test.each<[string, Track[], string[], (string | null)[]]>([
    [
      'discs in folders with equal titles',
      [{ name: 'Intro' }, { name: 'Song' }, { name: 'Intro', disc: 2, number: 1 }],
      ['A/CD1/01 Intro.mp3', 'A/CD1/02 Song.mp3', 'A/CD2/01 Intro.mp3'],
      ['A/CD1/01 Intro.mp3', 'A/CD1/02 Song.mp3', 'A/CD2/01 Intro.mp3'],
    ],
    [
      'discs in the number',
      [{ name: 'Intro' }, { name: 'Intro', disc: 2, number: 1 }],
      ['A/201 Intro.mp3', 'A/101 Intro.mp3'],
      ['A/101 Intro.mp3', 'A/201 Intro.mp3'],
    ],
    [
      'discs named beside the album',
      [{ name: 'Intro' }, { name: 'Intro', disc: 2, number: 1 }],
      ['A (Disc 2)/01 Intro.mp3', 'A (Disc 1)/01 Intro.mp3'],
      ['A (Disc 1)/01 Intro.mp3', 'A (Disc 2)/01 Intro.mp3'],
    ],
    [
      'a title that begins with a number',
      [
        { name: '99 Problems', number: 5 },
        { name: 'Encore', number: 3 },
      ],
      ['99 Problems.mp3', 'Encore.mp3'],
      ['99 Problems.mp3', 'Encore.mp3'],
    ],
    [
      'a title that is a number',
      [
        { name: '22', number: 6 },
        { name: 'Red', number: 2 },
      ],
      ['06 - 22.mp3', '02 - Red.mp3'],
      ['06 - 22.mp3', '02 - Red.mp3'],
    ],
    [
      'one name inside another',
      [{ name: 'One' }, { name: 'One Love' }],
      ['01 One.mp3', '02 One Love.mp3'],
      ['01 One.mp3', '02 One Love.mp3'],
    ],
    [
      'parts',
      [{ name: 'Shine On, Part 1' }, { name: 'Shine On, Part 2' }],
      ['b Shine On Part II.mp3', 'a Shine On Part I.mp3'],
      ['a Shine On Part I.mp3', 'b Shine On Part II.mp3'],
    ],
    ['the studio take, not the others', [{ name: 'Lucky' }], ['Lucky (live).mp3', 'Lucky (demo).mp3', 'Lucky.mp3'], ['Lucky.mp3']],
    ['the wanted remix', [{ name: 'Lucky (Foo Remix)' }], ['Lucky.mp3', 'Lucky (Foo Remix).mp3'], ['Lucky (Foo Remix).mp3']],
    [
      'guests are named in the file',
      [{ name: 'Crazy' }, { name: 'Calm' }],
      ['01 Crazy (feat. Somebody).mp3', '02 Calm.mp3'],
      ['01 Crazy (feat. Somebody).mp3', '02 Calm.mp3'],
    ],
    ['another album', [{ name: 'Airbag' }, { name: 'Lucky' }], ['01 Kid A.mp3', '02 Optimistic.mp3', '03 Idioteque.mp3'], [null, null]],
    ['a file less', [{ name: 'Airbag' }, { name: 'Lucky' }], ['02 Lucky.mp3'], [null, '02 Lucky.mp3']],
    [
      'names in another script, no numbers',
      [{ name: 'Gruppa krovi' }, { name: 'Zakroi za mnoi dver' }],
      ['Закрой за мной дверь.mp3', 'Группа крови.mp3', 'Война.mp3'],
      ['Группа крови.mp3', 'Закрой за мной дверь.mp3'],
    ],
    [
      'names in another script, all numbered',
      [{ name: 'Gruppa krovi' }, { name: 'Zakroi za mnoi dver' }],
      ['01 Группа крови.mp3', '02 Закрой за мной дверь.mp3'],
      ['01 Группа крови.mp3', '02 Закрой за мной дверь.mp3'],
    ],
    [
      'names in another language, one more',
      [{ name: 'Blood Type' }, { name: 'Close the Door behind Me' }],
      ['01 Группа крови.mp3', '02 Закрой.mp3', '03 Война.mp3'],
      [null, null],
    ],
    [
      'one file and a cue sheet',
      [{ name: 'Airbag' }, { name: 'Lucky' }],
      ['Radiohead - OK Computer.flac', 'Radiohead - OK Computer.cue'],
      [null, null],
    ],
    ['no audio', [{ name: 'Airbag' }], ['Airbag.jpg', 'Airbag.txt', '.Airbag.mp3', '__MACOSX/Airbag.mp3'], [null]],
    ['nothing at all', [{ name: 'Airbag' }], [], [null]],
  ])('%s', (_name, tracks, paths, expected) => {
    expect(mapped(tracks, paths)).toEqual(expected)
  })

  test('a name of punctuation', () => {
    expect(mapped([{ name: '...' }, { name: '!' }], ['01 - ....mp3', '02 - !.mp3'])).toEqual(['01 - ....mp3', '02 - !.mp3'])
  })

  test('an empty file is no track', () => {
    expect(mapFiles(items([{ name: 'Airbag' }]), [{ path: 'Airbag.mp3', size_bytes: 0 }]).unmapped).toEqual(['t0'])
  })

  test('the album is not put together from two rips, and the larger one is taken', () => {
    const rip = (folder: string, extension: string, size: number) =>
      ROAD.map((name, index) => ({ path: `${folder}/0${index + 1} ${name}.${extension}`, size_bytes: size }))
    const { mapping } = mapFiles(items(ROAD.map((name) => ({ name }))), [
      ...rip('MP3', 'mp3', 8_000_000),
      ...rip('FLAC', 'flac', 25_000_000),
    ])
    expect(mapping.map((entry) => entry.torrent_file_path.split('/')[0])).toEqual(['FLAC', 'FLAC', 'FLAC', 'FLAC'])
  })

  test('the folder named like the album is taken before a compilation', () => {
    const paths = ['Best Of/01 Lucky.mp3', 'Best Of/02 Airbag.mp3', 'OK Computer/01 Airbag.mp3', 'OK Computer/11 Lucky.mp3']
    const wanted = [
      { name: 'Airbag', number: 1 },
      { name: 'Lucky', number: 11 },
    ]
    expect(mapped(wanted, paths, { album: 'OK Computer' })).toEqual(['OK Computer/01 Airbag.mp3', 'OK Computer/11 Lucky.mp3'])
  })

  test('sure of names with numbers, less of other recordings, least of numbers alone', () => {
    const confidence = (path: string) => mapFiles(items([{ name: 'Lucky' }]), files([path])).confidence
    const falling = ['01 Lucky.mp3', 'Lucky.mp3', '01.mp3', '01 Lucky (live).mp3', '01 Везунчик.mp3', '01.jpg'].map(confidence)
    expect(falling[0]).toBe(1)
    expect(falling.at(-1)).toBe(0)
    for (const [index, value] of falling.slice(1).entries()) expect(value).toBeLessThan(falling[index] as number)
  })
})

const WORDS = ['love', 'night', 'river', 'the', 'of', 'fire', 'blue', 'two']
const title = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
const album = fc.uniqueArray(title, { minLength: 1, maxLength: 8 })
const path = fc.oneof(
  fc.tuple(fc.nat(12), title, fc.constantFrom('mp3', 'flac', 'jpg')).map(([number, name, extension]) => `A/${number} ${name}.${extension}`),
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).map((name) => `${name}.mp3`),
)

test('the order of the files changes nothing; each file and each track serves once', () => {
  const shuffled = fc
    .uniqueArray(path, { maxLength: 15 })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
  fc.assert(
    fc.property(album, shuffled, (names, [list, other]) => {
      const wanted = items(names.map((name) => ({ name })))
      const result = mapFiles(wanted, files(list))
      expect(mapFiles(wanted, files(other))).toEqual(result)
      const used = result.mapping.map((entry) => entry.torrent_file_path)
      expect(new Set(used).size).toBe(used.length)
      for (const file of used) expect(list).toContain(file)
      expect(result.mapping.length + result.unmapped.length).toBe(names.length)
    }),
  )
})

test('an album is found whole in whatever stands beside it', () => {
  const junk = fc.uniqueArray(
    fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'qwxzjk019 -_') }).map((name) => `junk/${name}.mp3`),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(album, junk, (names, rest) => {
      const own = names.map((name, index) => `Artist - Album/${String(index + 1).padStart(2, '0')} - ${name}.flac`)
      expect(
        mapped(
          names.map((name) => ({ name })),
          [...rest, ...own],
        ),
      ).toEqual(own)
    }),
  )
})

test('a thousand tracks among twenty thousand files, also in turns with others', async () => {
  const folder = (index: number) => `Artist/${1900 + Math.floor(index / 100)} Album ${Math.floor(index / 100)}`
  const paths = Array.from(
    { length: 20_000 },
    (_, index) => `${folder(index)}/${String((index % 100) + 1).padStart(2, '0')} song number${index} of the night.flac`,
  )
  const wanted = Array.from({ length: 1000 }, (_, index) => ({
    name: `Song Number${index + 5000} of the Night`,
    number: (index % 100) + 1,
  }))
  expect(mapped(wanted, paths)).toEqual(paths.slice(5000, 6000))

  let turns = 0
  const count = () => {
    turns += 1
    if (turns < 1000) pending = setImmediate(count)
  }
  let pending = setImmediate(count)
  const inTurns = await mapFilesInTurns(items(wanted), files(paths))
  clearImmediate(pending)
  expect(inTurns).toEqual(mapFiles(items(wanted), files(paths)))
  expect(turns).toBeGreaterThan(3)

  const stop = new AbortController()
  const stopped = mapFilesInTurns(items(wanted), files(paths), {}, stop.signal)
  stop.abort(new Error('not wanted any more'))
  await expect(stopped).rejects.toThrow('not wanted any more')
})
