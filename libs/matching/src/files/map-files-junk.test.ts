import { describe, expect, test } from '@jest/globals'
import type { ContentItem, TorrentFile } from '@torrentino/domain'
import fc from 'fast-check'
import { mapFiles } from './map-files.js'

const SONGS: [string, number][] = [
  ['Tin Roof', 201],
  ['Long Division', 342],
  ['Interlude', 64],
  ['Harbour Master', 258],
  ['No. 9', 187],
  ['Who Goes There?', 415],
]
const ITEMS: ContentItem[] = SONGS.map(([name, secs], index) => ({
  id: `t${index + 1}`,
  index,
  kind: 'track',
  name,
  destPath: `/m/${index}`,
  discNumber: 1,
  trackNumber: index + 1,
  expectedDurationSecs: secs,
}))
const HINTS = { artist: 'Sal Vetch', album: 'Tin Roof' }
const nn = (index: number) => String(index + 1).padStart(2, '0')

function songs(nameOf: (name: string, index: number) => string, extension = 'mp3', rate = 40_000): TorrentFile[] {
  return SONGS.map(([name, secs], index) => ({
    path: `Sal Vetch - Tin Roof/${nameOf(name, index).replace(/[?/]/g, '_')}.${extension}`,
    size_bytes: secs * rate,
  }))
}

/** The number of the file in the list that each track got. */
function mapped(files: TorrentFile[], among = files): number[] {
  const { mapping } = mapFiles(ITEMS, among, HINTS)
  const paths = files.map(({ path }) => path)
  return ITEMS.map(({ id }) => paths.indexOf(mapping.find((entry) => entry.catalog_track_id === id)?.torrent_file_path ?? ''))
}

const IN_ORDER = [0, 1, 2, 3, 4, 5]
const NONE = ITEMS.map(() => -1)

describe('names that tell nothing', () => {
  test.each<[string, TorrentFile[], number[]]>([
    ['numbers, at one bitrate', songs((_name, index) => nn(index)), IN_ORDER],
    ['numbers and another language', songs((_name, index) => `${nn(index)} ${'Дом Река Мост Окно Снег Лес'.split(' ')[index]}`), IN_ORDER],
    [
      'another language without numbers',
      songs((_name, index) => 'Haus Fluss Brücke Fenster Schnee Wald'.split(' ')[index] ?? ''),
      IN_ORDER,
    ],
    [
      'another language without numbers, lossless sizes tell too little',
      songs((_name, index) => 'Haus Fluss Brücke Fenster Schnee Wald'.split(' ')[index] ?? '', 'flac', 110_000),
      NONE,
    ],
  ])('%s', (_name, files, expected) => {
    expect(mapped(files)).toEqual(expected)
  })

  test('sizes that do not go with the lengths lower the word of numbers', () => {
    const confidence = (files: TorrentFile[]) => mapFiles(ITEMS, files, HINTS).confidence
    const right = songs((_name, index) => nn(index))
    const other = right.map((file, index) => ({ ...file, size_bytes: right[(index + 2) % 6]?.size_bytes ?? 0 }))
    expect(confidence(right)).toBeGreaterThan(0.9)
    expect(confidence(other)).toBeLessThan(0.5)
  })

  test('songs of one name are told apart by their lengths', () => {
    const items = ITEMS.map((item, index) => (index < 4 ? { ...item, name: 'Interlude' } : item))
    const files = songs((name, index) => (index < 4 ? `${'dbca'[index]} Interlude` : name))
    expect(mapFiles(items, files, HINTS).mapping.map((entry) => entry.torrent_file_path)).toEqual(files.map(({ path }) => path))
  })
})

describe('a disc in one file', () => {
  const whole = SONGS.reduce((sum, [, secs]) => sum + secs, 0)
  const image = (extension: string, rate: number) => ({ path: `A/Tin Roof.${extension}`, size_bytes: whole * rate })
  const sheet = (name: string) => ({ path: `A/${name}.cue`, size_bytes: 2000 })
  test.each<[string, TorrentFile[], string[]]>([
    ['with its sheet', [image('flac', 105_000), sheet('Tin Roof')], ['A/Tin Roof.flac']],
    ['with a sheet of another name', [image('ape', 105_000), sheet('disc')], ['A/Tin Roof.ape']],
    ['without a sheet', [image('mp3', 40_000)], ['A/Tin Roof.mp3']],
    [
      'two discs side by side',
      [image('flac', 105_000), { ...image('flac', 105_000), path: 'A/B.flac' }, sheet('Tin Roof'), sheet('B')],
      ['A/B.flac', 'A/Tin Roof.flac'],
    ],
  ])('%s is no track, though it is named like one', (_name, files, images) => {
    const found = mapFiles(ITEMS, files, HINTS)
    expect(found.images).toEqual(images)
    expect(found.mapping).toEqual([])
  })

  test('single tracks with sheets beside them are tracks', () => {
    const files = songs((name, index) => `${nn(index)} ${name}`, 'flac', 110_000)
    const { images, mapping } = mapFiles(ITEMS, [...files, { path: 'Sal Vetch - Tin Roof/Tin Roof.cue', size_bytes: 900 }], HINTS)
    expect(images).toEqual([])
    expect(mapping).toHaveLength(6)
  })

  test('one song of the album alone is a song', () => {
    const [first] = songs((name) => name, 'flac', 110_000)
    expect(mapped([first as TorrentFile])).toEqual([0, -1, -1, -1, -1, -1])
  })
})

describe('discs', () => {
  const double = ITEMS.map((item, index) => ({ ...item, discNumber: index < 3 ? 1 : 2, trackNumber: (index % 3) + 1 }))
  test.each<[string, (name: string, index: number) => string]>([
    ['Disc One, Disc Two', (name, index) => `Disc ${index < 3 ? 'One' : 'Two'}/0${(index % 3) + 1} ${name}`],
    ['CD01, CD02, numbers only', (_name, index) => `CD0${index < 3 ? 1 : 2}/0${(index % 3) + 1}`],
    ['counted through', (_name, index) => `${nn(index)} ${'Haus Fluss Brücke Fenster Schnee Wald'.split(' ')[index]}`],
    ['1.01', (name, index) => `${index < 3 ? 1 : 2}.0${(index % 3) + 1}. ${name}`],
  ])('%s', (_name, nameOf) => {
    const files = SONGS.map(([name, secs], index) => ({ path: `A/${nameOf(name, index).replace('?', '')}.mp3`, size_bytes: secs * 40_000 }))
    expect(mapFiles(double, files, HINTS).mapping.map((entry) => entry.torrent_file_path)).toEqual(files.map(({ path }) => path))
  })

  test('the third disc of a box is as good as the album alone', () => {
    const files = songs((name, index) => `${nn(index)} ${name}`).map((file) => ({
      ...file,
      path: file.path.replace('/', '/CD3 - Tin Roof/'),
    }))
    expect(mapFiles(ITEMS, files, HINTS).confidence).toBeGreaterThan(0.9)
  })

  test('the studio disc, not the live one, where both have the same names', () => {
    const disc = (folder: string) => songs((name, index) => `${folder}/${nn(index)} ${name}`)
    const [studio, live] = [disc('CD2 Studio'), disc('CD1 Live in Kiel')]
    expect(mapped(studio, [...live, ...studio])).toEqual(IN_ORDER)
  })
})

describe('names that differ by remarks, or by artist', () => {
  const items = (names: string[]) => ITEMS.slice(0, names.length).map((item, index) => ({ ...item, name: names[index] ?? '' }))
  const paths = (names: string[], list: string[]) => {
    const { mapping } = mapFiles(
      items(names),
      list.map((path) => ({ path, size_bytes: 9_000_000 })),
      HINTS,
    )
    return mapping.map((entry) => entry.torrent_file_path)
  }

  test('guests and remasters are no part of a name', () => {
    const names = ['Tin Roof (feat. Ada Lind & the Choir)', 'Long Division - 2011 Remaster', 'Interlude [Album Version]']
    const files = ['A/01 Tin Roof.mp3', 'A/02 Long Division.mp3', 'A/03 Interlude.mp3']
    expect(paths(names, files)).toEqual(files)
  })

  test('one track in a name that cannot be compared goes by its number, where all others agree with theirs', () => {
    const names = ['Tin Roof', 'Long Division', '夜明け']
    const files = ['A/01 Tin Roof.mp3', 'A/02 Long Division.mp3', 'A/03 Yoake.mp3']
    expect(paths(names, files)).toEqual(files)
    expect(paths(names, [...files, 'A/04 Ame.mp3'])).toEqual(files.slice(0, 2))
    expect(paths(names, ['A/02 Tin Roof.mp3', 'A/01 Long Division.mp3', 'A/03 Yoake.mp3'])).toHaveLength(2)
  })

  test('in a pack of several artists the song of the wanted one', () => {
    expect(paths(['Tin Roof'], ['VA/01 Ned Fry - Tin Roof.mp3', 'VA/07 Sal Vetch - Tin Roof.mp3'])).toEqual([
      'VA/07 Sal Vetch - Tin Roof.mp3',
    ])
  })

  test('the album itself before a later edition of it', () => {
    const rip = (folder: string) => SONGS.map(([name], index) => `${folder}/${nn(index)} ${name.replace('?', '')}.flac`)
    const found = paths(
      SONGS.map(([name]) => name),
      [...rip('B/2011 - Tin Roof (Deluxe)'), ...rip('B/1999 - Tin Roof')],
    )
    expect(found).toEqual(rip('B/1999 - Tin Roof'))
  })
})

/** What lies about in torrents: never a song of the album, however it is called. */
const junk = fc.uniqueArray(
  fc.oneof(
    fc.record({
      path: fc
        .tuple(
          fc.constantFrom('Sample/', 'Previews/', '__MACOSX/', 'Scans/', ''),
          fc.constantFrom('._', '.', 'sample-', 'preview '),
          fc.constantFrom('01 Tin Roof', '05 No. 9', 'Interlude', 'cover'),
          fc.constantFrom('.mp3', '.flac'),
        )
        .map((parts) => `Sal Vetch - Tin Roof/${parts.join('')}`),
      size_bytes: fc.integer({ min: 0, max: 700_000 }),
    }),
    fc.record({
      path: fc
        .tuple(
          fc.constantFrom('01 Tin Roof', '03 Interlude', 'folder', 'Sal Vetch - Tin Roof'),
          fc.constantFrom('.jpg', '.m3u', '.log', '.txt', '.nfo', '.mp4', '.md5'),
        )
        .map((parts) => `Sal Vetch - Tin Roof/${parts.join('')}`),
      size_bytes: fc.nat(90_000_000),
    }),
  ),
  { selector: ({ path }) => path, maxLength: 25 },
)

test('junk changes nothing of a right mapping and gives a wrong one nothing', () => {
  const kinds = [songs((name, index) => `${nn(index)} - ${name}`), songs((name) => name), songs((_name, index) => nn(index))]
  fc.assert(
    fc.property(fc.constantFrom(...kinds), junk, fc.integer({ min: 0, max: 6 }), (files, rest, count) => {
      const there = files.slice(0, count)
      const alone = mapFiles(ITEMS, there, HINTS)
      const among = mapFiles(ITEMS, [...rest, ...there], HINTS)
      expect(among.mapping).toEqual(alone.mapping)
      expect(among.confidence).toBe(alone.confidence)
    }),
  )
})
