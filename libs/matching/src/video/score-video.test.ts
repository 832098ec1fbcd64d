import { describe, expect, test } from '@jest/globals'
import type { TorrentCandidate, TorrentFile } from '@torrentino/domain'
import fc from 'fast-check'
import { decideVideo } from './decide-video.js'
import { scoreVideo } from './score-video.js'
import type { EpisodesWish, FilmWish, VideoWish } from './video-wish.js'

const NOW = new Date('2026-01-01T00:00:00Z')
const film: FilmWish = { kind: 'film', id: 'film', title: 'The Copper Orchard', year: 2014, runtime_secs: 6720, quality_limit: '1080p' }
const episodes: EpisodesWish = {
  kind: 'episodes',
  show: 'Harbour Line',
  year: 2011,
  season: 2,
  episodes: Array.from({ length: 6 }, (_, index) => ({ id: `e${index + 1}`, number: index + 1 })),
  runtime_secs: 2640,
  quality_limit: '1080p',
}
const third = { ...episodes, episodes: episodes.episodes.slice(2, 3) }

function candidate(title: string, mb: number, files?: TorrentFile[], seeders = 5): TorrentCandidate {
  return { title, indexer: 'example', size_bytes: mb * 1_000_000, seeders, leechers: 0, ...(files ? { files } : {}) }
}

function mb(path: string, size: number): TorrentFile {
  return { path, size_bytes: size * 1_000_000 }
}

const decide = (wish: VideoWish, ...candidates: TorrentCandidate[]) =>
  decideVideo(
    wish,
    candidates.map((one) => scoreVideo(wish, one)),
    { autoApproveThreshold: 0.85, now: NOW },
  )

describe('what each rule says', () => {
  test.each<[VideoWish, string, number, string, boolean]>([
    [film, 'Paper.Kings.2014.1080p.BluRay.x264', 8000, 'nothing_in_common', true],
    [film, 'The.Copper.Orchard.1991.1080p.BluRay.x264', 8000, 'other_year', false],
    [film, 'The.Copper.Orchard.2014.2160p.WEB-DL.H265', 18_000, 'above_ceiling', true],
    [film, 'The.Copper.Orchard.S01E01.1080p.WEB', 2000, 'other_kind', true],
    [film, 'The.Copper.Orchard.2014.1080p.BluRay.x264', 90, 'too_small', true],
    [film, 'The.Copper.Orchard.2014.480p.WEB-DL', 90_000, 'too_large', false],
    [film, 'The.Copper.Orchard.2014.HDCAM.x264', 1500, 'before_release', false],
    [film, 'The Copper Orchard 2014 Trailer 1080p', 90, 'trailer', true],
    [film, 'The Copper Orchard 2014 OST FLAC', 300, 'soundtrack', false],
    [film, 'The Copper Orchard 2014 1080p HC WEBRip', 3000, 'hardsub', false],
    [third, 'Harbour.Line.S03E03.1080p.WEB', 2000, 'other_episodes', true],
    [third, 'Harbour.Line.S02E04.1080p.WEB', 2000, 'other_episodes', true],
    [third, 'Harbour.Line.1984.S02E03.1080p.WEB', 2000, 'other_year', false],
    [third, 'Harbour Line 1080p', 2000, 'no_number', false],
  ])('%#: %s %s', (wish, title, size, code, rejects) => {
    const { score, reasons, reasoning } = scoreVideo(wish, candidate(title, size))
    expect(reasons.map((reason) => reason.code)).toContain(code)
    expect(reasoning).toMatch(/^(?:Score \d|Rejected: )/)
    if (rejects) expect(score).toBe(0)
    else expect(score).toBeLessThan(0.85)
  })

  test('a flag that the title itself has is none', () => {
    const wish = { ...film, title: 'The Trailer' }
    expect(scoreVideo(wish, candidate('The.Trailer.2014.1080p.BluRay.x264', 8000)).reasons.map(({ code }) => code)).not.toContain('trailer')
  })
})

describe('what is decided', () => {
  test('the best within the ceiling, not the best seeded', () => {
    const offered = [
      candidate('The.Copper.Orchard.2014.720p.BluRay.x264', 4000, undefined, 900),
      candidate('The.Copper.Orchard.2014.1080p.WEB-DL.H264', 5000),
      candidate('The.Copper.Orchard.2014.1080p.BluRay.x264', 8000),
      candidate('The.Copper.Orchard.2014.2160p.BluRay.x265', 50_000, undefined, 900),
    ]
    expect(decide(film, ...offered)).toMatchObject({ kind: 'sure', recommendedIdx: 2 })
  })

  test('reasons to ask', () => {
    expect(decide(film)).toMatchObject({ kind: 'unsure', recommendedIdx: -1, reason: { type: 'no_exact_match' } })
    expect(decide(film, candidate('The.Copper.Orchard.1080p.BluRay', 8000))).toMatchObject({ reason: { type: 'low_confidence' } })
    expect(decide(film, candidate('Copper.Garden.2014.1080p.BluRay', 8000))).toMatchObject({ reason: { type: 'name_similarity_low' } })
    expect(decide({ ...film, year: 2027 }, candidate('The.Copper.Orchard.2027.1080p.WEB', 4000))).toMatchObject({
      reason: { type: 'no_exact_match' },
    })
    const part = candidate('Harbour.Line.S02E01-E04.1080p.WEB', 8000)
    expect(decide(episodes, part)).toMatchObject({ reason: { type: 'track_count_mismatch', expected: 6, found: 4 } })
    const { year: _year, ...undated } = film
    const two = ['1961', '2014'].map((year) => {
      const name = `The.Copper.Orchard.${year}.1080p.BluRay.x264`
      return candidate(name, 8000, [mb(`${name}.mkv`, 8000)])
    })
    expect(decide(undated, ...two)).toMatchObject({ reason: { type: 'multiple_good_matches' } })
  })
})

describe('which file is which episode', () => {
  const names: ((nn: string, number: number) => string)[] = [
    (nn) => `Harbour.Line.S02E${nn}.1080p.mkv`,
    (nn) => `Season 2/Harbour Line - 2x${nn}.avi`,
    (nn) => `Season 02/${nn}.mkv`,
    (nn) => `Harbour Line/Season 2/${nn} - Some Title.mp4`,
    (_nn, number) => `Harbour Line Season 2/Episode ${number}.mkv`,
    (nn) => `Season 2/harbour.line.2${nn}.avi`,
  ]
  const JUNK = [
    mb('Sample/harbour.line.s02e01.sample.mkv', 40),
    mb('Extras/S02E02 Deleted Scenes.mkv', 200),
    mb('Season 1/Harbour.Line.S01E03.1080p.mkv', 1500),
    mb('Border.Line.S02E04.1080p.mkv', 1600),
    mb('.hidden/Harbour.Line.S02E05.mkv', 1600),
    mb('Harbour.Line.S02E06.nfo', 1),
    mb('cover.jpg', 1),
  ]
  const mapped = (files: TorrentFile[]) => scoreVideo(episodes, candidate('Harbour.Line.S02.1080p.WEB-DL', 9000, files)).track_mapping
  const seasonOf = (style: number) =>
    episodes.episodes.map(({ number }) => mb((names[style] as (typeof names)[number])(`0${number}`, number), 1400 + number))

  test.each(names.map((_name, style) => [style, seasonOf(style)[0]?.path]))('style %i: %s', (style) => {
    const files = seasonOf(style as number)
    expect(mapped(files).map((entry) => entry.torrent_file_path)).toEqual(files.map((file) => file.path))
  })

  test('in any order of the files, and with junk among them, it is the same', () => {
    const anyFiles = fc
      .tuple(fc.nat(names.length - 1), fc.subarray(JUNK))
      .chain(([style, junk]) =>
        fc.tuple(fc.constant(style), fc.shuffledSubarray([...seasonOf(style), ...junk], { minLength: 6 + junk.length })),
      )
    fc.assert(
      fc.property(anyFiles, ([style, files]) => {
        expect(mapped(files)).toEqual(mapped(seasonOf(style)))
      }),
      { numRuns: 60 },
    )
  })

  test('without some of them, junk never takes their place', () => {
    fc.assert(
      fc.property(fc.nat(names.length - 1), fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 5 }), (style, kept) => {
        const files = seasonOf(style).filter((_file, index) => kept.includes(index))
        const own = new Set(files.map((file) => file.path))
        const mapping = mapped([...files, ...JUNK])
        expect(mapping.map((entry) => entry.catalog_track_id)).toEqual(kept.map((index) => `e${index + 1}`))
        for (const { torrent_file_path } of mapping) expect(own.has(torrent_file_path)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('a double episode is one file for two, and no file serves a third', () => {
    const mapping = mapped([mb('Harbour.Line.S02E01E02.mkv', 3000), mb('Harbour.Line.S02E03-E04.mkv', 3000)])
    expect(mapping.map(({ catalog_track_id, torrent_file_path }) => `${catalog_track_id} ${torrent_file_path}`)).toEqual([
      'e1 Harbour.Line.S02E01E02.mkv',
      'e2 Harbour.Line.S02E01E02.mkv',
      'e3 Harbour.Line.S02E03-E04.mkv',
      'e4 Harbour.Line.S02E03-E04.mkv',
    ])
  })

  test('any list of names is scored, and the score is a share', () => {
    const anyPath = fc.array(fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('Season 2', 'E03', '2x04', '.mkv', 'sample')), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(fc.array(anyPath, { maxLength: 20 }), fc.string({ maxLength: 60 }), (paths, title) => {
        const files = paths.map((parts) => mb(`${parts.join('/')}.mkv`, 900))
        const { score, track_mapping } = scoreVideo(episodes, candidate(title, 900, files))
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(new Set(track_mapping.map((entry) => entry.catalog_track_id)).size).toBe(track_mapping.length)
      }),
      { numRuns: 60 },
    )
  })
})

describe('which file is the film', () => {
  const FILM = mb('The.Copper.Orchard.2014.1080p/The.Copper.Orchard.2014.1080p.BluRay.x264.mkv', 8000)
  const JUNK = [
    mb('Sample/the.copper.orchard.sample.mkv', 60),
    mb('Extras/Making of.mkv', 9000),
    mb('The Copper Orchard Trailer.mp4', 90),
    mb('Paper.Kings.2011.1080p.BluRay.x264.mkv', 9000),
    mb('The.Copper.Orchard.1978.1080p.BluRay.x264.mkv', 8500),
    mb('The.Copper.Orchard.2014.2160p.WEB.H265.mkv', 16_000),
    mb('readme.txt', 1),
  ]

  test('the same in any order of the files, whatever lies beside it', () => {
    const anyFiles = fc.subarray(JUNK).chain((junk) => fc.shuffledSubarray([FILM, ...junk], { minLength: 1 + junk.length }))
    fc.assert(
      fc.property(anyFiles, (files) => {
        const { track_mapping } = scoreVideo(film, candidate('The.Copper.Orchard.2014.1080p.BluRay.x264', 8000, files))
        expect(track_mapping.map((entry) => entry.torrent_file_path)).toEqual([FILM.path])
      }),
    )
  })

  test('a collection without it is refused, also where it holds the film of another year', () => {
    const files = JUNK.slice(3, 5)
    expect(scoreVideo(film, candidate('The Copper Orchard Collection 1080p', 17_500, files))).toMatchObject({ score: 0 })
  })
})
