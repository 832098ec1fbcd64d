import { no, yes } from '../eval-case.js'
import { episodes, file, season, videoCase } from '../video/video-case.js'

const keep = (numbers: string, nr = 1) => episodes('The Keepers', nr, numbers, { year: 2017, minutes: 52 })
const mill = (numbers: string, nr = 4) => episodes('Mill & Stone', nr, numbers, { year: 2009, minutes: 42 })
const morning = episodes('The Morning Table', 2025, '1-2', { aired: '2025-02-10', minutes: 58 })
const blade = (numbers: string, nr = 1, absolute = 1) =>
  episodes('Paper Blade Chronicle', nr, numbers, { absolute, minutes: 24, titles: ['Kami no Yaiba'] })
const doctor = episodes('Station Nine (UK)', 2, '6', { minutes: 50 })

export const heldSeries = [
  videoCase('episode', 'article left out', keep('4'), yes('Keepers.S01E04.1080p.NF.WEB-DL.H264-EX', 2600)),
  videoCase(
    'episode',
    'and',
    mill('7'),
    yes('Mill.and.Stone.S04E07.720p.HDTV.x264-EX', 900),
    no('Mill.and.Stone.S04E08.720p.HDTV.x264-EX', 900),
  ),
  videoCase(
    'episode',
    'proper',
    mill('7'),
    yes('Mill.and.Stone.S04E07.PROPER.720p.HDTV.x264-EX', 910),
    yes('Mill.and.Stone.S04E07.720p.HDTV.x264-AB', 900),
  ),
  videoCase(
    'episode',
    'the best within the ceiling',
    keep('4'),
    yes('The Keepers S01E04 720p WEB', 1200, { seeders: 50 }),
    yes('The Keepers S01E04 1080p WEB', 2400, { seeders: 5 }),
    no('The Keepers S01E04 2160p WEB', 5400, { seeders: 70 }),
  ),
  videoCase(
    'wrong number',
    'season',
    keep('4'),
    no('The.Keepers.S02E04.1080p.WEB.H264', 2500),
    no('The.Keepers.S02.1080p.WEB.H264', 20_000),
  ),
  videoCase('wrong number', 'episode', keep('4'), no('The.Keepers.S01E05.1080p.WEB.H264', 2500), no('The Keepers 1x14 720p', 1200)),
  videoCase(
    'wrong show',
    'longer name',
    keep('4'),
    no('The.Keepers.of.Light.S01E04.1080p.WEB', 2500),
    no('The.Lost.Keepers.S01E04.1080p.WEB', 2500),
  ),
  videoCase('wrong show', 'older one', keep('4'), no('The.Keepers.1992.S01E04.DVDRip', 500)),
  videoCase(
    'wrong show',
    'country',
    doctor,
    yes('Station.Nine.UK.S02E06.720p.WEB-DL', 1300),
    no('Station.Nine.US.S02E06.720p.WEB-DL', 1300),
  ),
  videoCase('wrong show', 'only the other country', doctor, no('Station.Nine.US.S02E06.720p.WEB-DL', 1300)),
  videoCase(
    'season',
    'files with titles',
    keep('1-8'),
    yes(
      'The Keepers (2017) Season 1 S01 1080p BluRay x265',
      season('1-8', 1500, (nn) => `The Keepers (2017) - S01/The Keepers (2017) - S01E${nn} - Chapter (1080p BluRay x265).mkv`),
    ),
  ),
  videoCase(
    'season',
    'short scene names',
    keep('1-8'),
    yes(
      'The.Keepers.S01.720p.HDTV.x264-EX',
      season('1-8', 900, (nn) => `The.Keepers.S01E${nn}.720p.HDTV.x264-EX/keepers.s01e${nn}.720p-ex.mkv`),
    ),
  ),
  videoCase(
    'season',
    'crossed numbers',
    keep('1-8'),
    yes(
      'The Keepers Season 1',
      season('1-8', 400, (nn) => `Season 1/The Keepers - 1x${nn}.avi`),
    ),
  ),
  videoCase(
    'season',
    'words',
    keep('1-8'),
    yes(
      'The Keepers S01',
      season('1-8', 700, (_nn, at) => `The Keepers S01/Episode ${at}.mp4`),
    ),
  ),
  videoCase(
    'season',
    'too few',
    keep('1-8'),
    no(
      'The.Keepers.S01.1080p.WEB-DL',
      season('1-6', 2400, (nn) => `S01/The.Keepers.S01E${nn}.1080p.mkv`),
    ),
  ),
  videoCase(
    'season',
    'first and last double',
    keep('1-8'),
    yes('The.Keepers.S01.1080p', [
      file('S01/The.Keepers.S01E01-E02.mkv', 4000, 'e1+e2'),
      ...season('3-6', 2000, (nn) => `S01/The.Keepers.S01E${nn}.mkv`),
      file('S01/The.Keepers.S01E07-08.mkv', 4000, 'e7+e8'),
    ]),
  ),
  videoCase(
    'season',
    'above the ceiling',
    keep('1-8'),
    no(
      'The.Keepers.S01.2160p.WEB-DL.HDR',
      season('1-8', 7000, (nn) => `S01/The.Keepers.S01E${nn}.2160p.mkv`),
    ),
  ),
  videoCase(
    'packs',
    'all seasons in folders',
    mill('1-12'),
    yes(
      'Mill & Stone Seasons 1 to 5 Complete',
      [1, 2, 3, 4, 5].flatMap((nr) => season('1-12', 600, (nn) => `Mill & Stone/Season ${nr}/S0${nr}E${nn}.mkv`, nr === 4)),
    ),
  ),
  videoCase('packs', 'up to the season before', mill('1-12', 6), no('Mill & Stone S01-S05 720p', 40_000)),
  videoCase(
    'packs',
    'one out of a season, extras beside',
    mill('7'),
    yes('Mill.and.Stone.S04.720p.BluRay', [
      ...season('1-12', 1500, (nn) => `S04/Mill.and.Stone.S04E${nn}.720p.mkv`),
      file('S04/Extras/S04E07 Behind the Scenes.mkv', 200),
    ]),
  ),
  videoCase(
    'range',
    'holds it',
    mill('7'),
    yes(
      'Mill.and.Stone.S04E05-E08.720p.WEB',
      season('5-8', 900, (nn) => `Mill.and.Stone.S04E${nn}.mkv`),
    ),
  ),
  videoCase('range', 'ends before it', mill('7'), no('Mill.and.Stone.S04E01-E06.720p.WEB', 5400)),
  videoCase(
    'specials',
    'not the first season',
    episodes('The Keepers', 0, '2', { minutes: 30 }),
    no('The.Keepers.S01E02.1080p.WEB', 2400),
    yes('The.Keepers.S00E02.1080p.WEB', 1400),
  ),
  videoCase(
    'daily',
    'two days',
    morning,
    no('The.Morning.Table.2025.02.10.720p.WEB', 1500),
    no('The.Morning.Table.2025.02.11.720p.WEB', 1500),
  ),
  videoCase(
    'daily',
    'one day, dashes',
    episodes('The Morning Table', 2025, '1', { aired: '2025-02-11', minutes: 58 }),
    yes('The Morning Table 2025-02-11 720p WEB h264', 1500),
    no('The Morning Table 2025-02-12 720p WEB h264', 1500),
  ),
  videoCase('anime', 'version 2', blade('9'), yes('[Fansub] Paper Blade Chronicle - 09v2 (720p) [1A2B3C4D]', 400)),
  videoCase('anime', 'its Japanese name', blade('9'), yes('[Fansub] Kami no Yaiba - 09 [1080p]', 1300)),
  videoCase(
    'anime',
    'another count',
    blade('9', 2, 25),
    no('[Fansub] Paper Blade Chronicle - 09 (720p)', 400),
    yes('[Fansub] Paper Blade Chronicle - 33 (720p)', 400),
  ),
  videoCase(
    'anime',
    'batch of the second season',
    blade('1-12', 2, 25),
    yes('[Fansub] Paper Blade Chronicle S2 [BD 1080p]', [
      ...season('1-12', 900, (nn) => `[Fansub] Paper Blade Chronicle S2/[Fansub] Paper Blade Chronicle S2 - ${nn} [BD 1080p].mkv`),
      file('[Fansub] Paper Blade Chronicle S2/NC/[Fansub] Paper Blade Chronicle S2 - NCOP.mkv', 100),
    ]),
  ),
  videoCase(
    'anime',
    'batch counted through',
    blade('1-12', 2, 25),
    yes(
      '[Fansub] Paper Blade Chronicle (01-36) [1080p]',
      Array.from({ length: 36 }, (_, index) =>
        file(
          `Paper Blade/[Fansub] Paper Blade Chronicle - ${String(index + 1).padStart(2, '0')} [1080p].mkv`,
          900 + index,
          index >= 24 ? `e${index - 23}` : undefined,
        ),
      ),
    ),
  ),
  videoCase('fake', 'too small', mill('7'), no('Mill.and.Stone.S04E07.1080p.WEB.H264', 20)),
  videoCase('fake', 'archive', mill('7'), no('Mill.and.Stone.S04E07.1080p.WEB.H264', [file('Mill.and.Stone.S04E07.zip', 1200)])),
  videoCase('flags', 'subtitles in the picture', mill('7'), no('Mill.and.Stone.S04E07.HC.720p.WEB', 900)),
]
